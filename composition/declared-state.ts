import { processors } from '../subjects/subjects.ts'
import { SHELL, type DeclaredState } from '../schemas/release/release-state.ts'
import { reservedKinds } from '../streams/state/reserved-kinds.ts'

/** The records of state that the code declares: those of each processor, and the shell's own. */
export const declaredState: readonly DeclaredState[] = [
  { processor: SHELL, version: 0, state: reservedKinds, decisionState: [] },
  ...processors.map(({ name, version, state, decisionState }) => ({ processor: name, version, state, decisionState })),
]
