import type { Handler } from '../handler.ts';
import { addPullSecretHandler } from './addPullSecret.ts';
import { adoptRegistryHandler } from './adoptRegistry.ts';
import { askAgentHandler } from './askAgent.ts';
import { changeImagesHandler } from './changeImages.ts';
import { codeActionHandler } from './codeAction.ts';
import { codeActionResolveHandler } from './codeActionResolve.ts';
import { codeLensHandler } from './codeLens.ts';
import { codeLensResolveHandler } from './codeLensResolve.ts';
import { completionHandler } from './completion.ts';
import { createProjectFileHandler } from './createProjectFile.ts';
import { definitionHandler } from './definition.ts';
import { documentDiagnosticHandler } from './documentDiagnostic.ts';
import { documentLinkHandler } from './documentLink.ts';
import { documentSymbolHandler } from './documentSymbol.ts';
import { effectivePlaceHandler } from './effectivePlace.ts';
import { explainImageHandler } from './explainImage.ts';
import { exportMirrorHandler } from './exportMirror.ts';
import { findImageHandler } from './findImage.ts';
import { foldingRangeHandler } from './foldingRange.ts';
import { semanticTokensHandler } from './semanticTokens.ts';
import { semanticTokensRangeHandler } from './semanticTokensRange.ts';
import { hoverHandler } from './hover.ts';
import { ignoreFindingHandler } from './ignoreFinding.ts';
import { imageAtHandler } from './imageAt.ts';
import { imageComponentsHandler } from './imageComponents.ts';
import { imagePlaceHandler } from './imagePlace.ts';
import { imageStacksHandler } from './imageStacks.ts';
import { inlayHintHandler } from './inlayHint.ts';
import { inlayHintResolveHandler } from './inlayHintResolve.ts';
import { manifestImagesHandler } from './manifestImages.ts';
import { offerProjectFileHandler } from './offerProjectFile.ts';
import { offerPullSecretHandler } from './offerPullSecret.ts';
import { offerReportsHandler } from './offerReports.ts';
import { offerRewriteHandler } from './offerRewrite.ts';
import { pasteImageHandler } from './pasteImage.ts';
import { planRewriteHandler } from './planRewrite.ts';
import { overriddenHandler } from './overridden.ts';
import { prepareRenameHandler } from './prepareRename.ts';
import { referencesHandler } from './references.ts';
import { registryLayoutsHandler } from './registryLayouts.ts';
import { renameHandler } from './rename.ts';
import { rewriteHandler } from './rewrite.ts';
import { selectionRangeHandler } from './selectionRange.ts';
import { verifyMirrorHandler } from './verifyMirror.ts';
import { virtualTextHandler } from './virtualText.ts';
import { willRenameFilesHandler } from './willRenameFiles.ts';
import { workspaceDiagnosticHandler } from './workspaceDiagnostic.ts';
import { workspaceSymbolHandler } from './workspaceSymbol.ts';
import { writePullSecretHandler } from './writePullSecret.ts';

/** Every request that the server answers. To add one: its file, its line here, its test. */
export const handlers: readonly Handler[] = [
  addPullSecretHandler,
  adoptRegistryHandler,
  askAgentHandler,
  changeImagesHandler,
  codeActionHandler,
  codeActionResolveHandler,
  codeLensHandler,
  codeLensResolveHandler,
  completionHandler,
  createProjectFileHandler,
  definitionHandler,
  documentDiagnosticHandler,
  documentLinkHandler,
  documentSymbolHandler,
  effectivePlaceHandler,
  explainImageHandler,
  exportMirrorHandler,
  findImageHandler,
  foldingRangeHandler,
  semanticTokensHandler,
  semanticTokensRangeHandler,
  hoverHandler,
  ignoreFindingHandler,
  imageAtHandler,
  imageComponentsHandler,
  imagePlaceHandler,
  imageStacksHandler,
  inlayHintHandler,
  inlayHintResolveHandler,
  manifestImagesHandler,
  offerProjectFileHandler,
  offerPullSecretHandler,
  offerReportsHandler,
  offerRewriteHandler,
  pasteImageHandler,
  planRewriteHandler,
  overriddenHandler,
  prepareRenameHandler,
  referencesHandler,
  registryLayoutsHandler,
  renameHandler,
  rewriteHandler,
  selectionRangeHandler,
  verifyMirrorHandler,
  virtualTextHandler,
  willRenameFilesHandler,
  workspaceDiagnosticHandler,
  workspaceSymbolHandler,
  writePullSecretHandler,
];
