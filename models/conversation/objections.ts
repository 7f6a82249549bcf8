import { OBJECTIONS, type ObjectionKind } from './objection-words.ts'
import { phraseFinder } from './phrases.ts'

export type { ObjectionKind } from './objection-words.ts'

export interface Objection {
  readonly kind: ObjectionKind
  /** The matched phrases, in order. */
  readonly cues: readonly string[]
}

const find = phraseFinder(
  Object.entries(OBJECTIONS).flatMap(([kind, phrases]) =>
    phrases.map((phrase) => [phrase, kind as ObjectionKind] as const),
  ),
)

/**
 * Returns the kind of objection with the most phrases in the turn, the first one mentioned on a tie, or `undefined` if
 * there is none.
 */
export function objectionOf(text: string): Objection | undefined {
  const cues = new Map<ObjectionKind, string[]>()
  for (const { phrase, meaning } of find(text)) {
    const others = cues.get(meaning)
    if (others === undefined) cues.set(meaning, [phrase])
    else others.push(phrase)
  }
  let objection: Objection | undefined
  for (const [kind, phrases] of cues)
    if (objection === undefined || phrases.length > objection.cues.length) objection = { kind, cues: phrases }
  return objection
}
