import { stackBranch, type ImageLeaf } from '../../core/features/imagesView.ts';
import { imageComponentsRequest, type ImageInView } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const imageComponentsHandler = defineHandler(
  imageComponentsRequest,
  ({ workspace: { snapshot } }, { stack, filter }) => {
    const plan = snapshot.planById(stack);
    const components = (plan && stackBranch(snapshot, plan, filter)?.components) ?? [];
    return components.map(component => ({ ...component, images: component.images.map(imageInView) }));
  },
);

function imageInView({ id, label, reference, marks, isHidden }: ImageLeaf): ImageInView {
  return {
    id,
    label,
    reference,
    state: marks[0]?.kind ?? 'unknown',
    isProblem: marks.some(({ isProblem }) => isProblem),
    said: marks.map(({ said }) => said).join('; '),
    isHidden,
  };
}
