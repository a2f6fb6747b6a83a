import { chartEndsKind } from './image/chartEndsKind.ts';
import { chartReferenceInvalid } from './image/chartReferenceInvalid.ts';
import { chartRepositoryPublic } from './image/chartRepositoryPublic.ts';
import { chartRetired } from './image/chartRetired.ts';
import { imageHelmPrefix } from './image/imageHelmPrefix.ts';
import { imageHidden } from './image/imageHidden.ts';
import { imageNotOverridden } from './image/imageNotOverridden.ts';
import { imageOverrideIgnored } from './image/imageOverrideIgnored.ts';
import { imagePublic } from './image/imagePublic.ts';
import { imagePullPolicyInvalid } from './image/imagePullPolicyInvalid.ts';
import { imageProgramMissing } from './image/imageProgramMissing.ts';
import { imageReferenceInvalid } from './image/imageReferenceInvalid.ts';
import { imageRepositoryHasTag } from './image/imageRepositoryHasTag.ts';
import { imageRetired } from './image/imageRetired.ts';
import { imageTagMissing } from './image/imageTagMissing.ts';
import { imageTagMutable } from './image/imageTagMutable.ts';
import { imageTagType } from './image/imageTagType.ts';
import { imageTagUnpinned } from './image/imageTagUnpinned.ts';
import { imageUnknown } from './image/imageUnknown.ts';
import { projectFileInvalid } from './stack/projectFileInvalid.ts';
import { pullSecretsDuplicate } from './pullSecrets/pullSecretsDuplicate.ts';
import { pullSecretsExclusions } from './pullSecrets/pullSecretsExclusions.ts';
import { pullSecretsKyvernoDisabled } from './pullSecrets/pullSecretsKyvernoDisabled.ts';
import { pullSecretsNameInvalid } from './pullSecrets/pullSecretsNameInvalid.ts';
import { pullSecretsNameMissing } from './pullSecrets/pullSecretsNameMissing.ts';
import { pullSecretsNamespaceMissing } from './pullSecrets/pullSecretsNamespaceMissing.ts';
import { pullSecretsNoCredentials } from './pullSecrets/pullSecretsNoCredentials.ts';
import { pullSecretsNotEnabled } from './pullSecrets/pullSecretsNotEnabled.ts';
import { pullSecretsOff } from './pullSecrets/pullSecretsOff.ts';
import { pullSecretsPattern } from './pullSecrets/pullSecretsPattern.ts';
import { pullSecretsRelease } from './pullSecrets/pullSecretsRelease.ts';
import { pullSecretsSecretInvalid } from './pullSecrets/pullSecretsSecretInvalid.ts';
import { pullSecretsSecretMissing } from './pullSecrets/pullSecretsSecretMissing.ts';
import { pullSecretsType } from './pullSecrets/pullSecretsType.ts';
import { pullSecretsUncovered } from './pullSecrets/pullSecretsUncovered.ts';
import { pullSecretsUnknownKey } from './pullSecrets/pullSecretsUnknownKey.ts';
import { pullSecretsUnreached } from './pullSecrets/pullSecretsUnreached.ts';
import { releaseUnknown } from './stack/releaseUnknown.ts';
import { stackFileMissing } from './stack/stackFileMissing.ts';
import { stackOrder } from './stack/stackOrder.ts';
import { stackSource } from './stack/stackSource.ts';
import { stackUndefined } from './stack/stackUndefined.ts';
import { suppressionInvalid } from './suppressions/suppressionInvalid.ts';
import { suppressionUnused } from './suppressions/suppressionUnused.ts';
import { valueListReplaced } from './values/valueListReplaced.ts';
import { valueNullSection } from './values/valueNullSection.ts';
import { valueRefused } from './values/valueRefused.ts';
import { valueType } from './values/valueType.ts';
import { valueUnknown } from './values/valueUnknown.ts';
import { yamlDuplicateKey } from './yaml/yamlDuplicateKey.ts';
import { yamlExtraDocument } from './yaml/yamlExtraDocument.ts';
import { yamlSyntax } from './yaml/yamlSyntax.ts';
import type { Rule } from './rule.ts';

/** Every rule. To add one: its file, its line here, its test, a CHANGELOG entry. */
export const rules: readonly Rule[] = [
  chartEndsKind,
  chartReferenceInvalid,
  chartRepositoryPublic,
  chartRetired,
  imageHelmPrefix,
  imageHidden,
  imageNotOverridden,
  imageOverrideIgnored,
  imagePublic,
  imageProgramMissing,
  imagePullPolicyInvalid,
  imageReferenceInvalid,
  imageRepositoryHasTag,
  imageRetired,
  imageTagMissing,
  imageTagMutable,
  imageTagType,
  imageTagUnpinned,
  imageUnknown,
  projectFileInvalid,
  pullSecretsDuplicate,
  pullSecretsExclusions,
  pullSecretsKyvernoDisabled,
  pullSecretsNameInvalid,
  pullSecretsNameMissing,
  pullSecretsNamespaceMissing,
  pullSecretsNoCredentials,
  pullSecretsNotEnabled,
  pullSecretsOff,
  pullSecretsPattern,
  pullSecretsRelease,
  pullSecretsSecretInvalid,
  pullSecretsSecretMissing,
  pullSecretsType,
  pullSecretsUncovered,
  pullSecretsUnknownKey,
  pullSecretsUnreached,
  releaseUnknown,
  stackFileMissing,
  stackOrder,
  stackSource,
  stackUndefined,
  suppressionInvalid,
  suppressionUnused,
  valueListReplaced,
  valueNullSection,
  valueRefused,
  valueType,
  valueUnknown,
  yamlDuplicateKey,
  yamlExtraDocument,
  yamlSyntax,
];
