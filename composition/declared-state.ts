import { processors } from '../subjects/subjects.ts'
import { ENGINE, type DeclaredState } from '../schemas/release/release-state.ts'
import { reservedKinds } from '../streams/state/reserved-kinds.ts'

/** State records that the code declares: those of each processor, and the engine's own. */
export const declaredState: readonly DeclaredState[] = [
  { processor: ENGINE, version: 0, state: reservedKinds, decisionState: [] },
  ...processors.map(({ name, version, state, decisionState }) => ({ processor: name, version, state, decisionState })),
]
