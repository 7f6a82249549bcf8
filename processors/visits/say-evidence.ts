import { numericState, type KeyedState } from '../../features/keyed-state.ts'
import { idPart } from '../../features/string-hash.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { visitEvidence, type FoundEvidence } from '../../schemas/visits/visit-evidence.ts'

/** The score of each kind of evidence that was published last, under `visit/kind`. */
export const saidKind = numericState('said', 1)

export type About = Pick<
  FoundEvidence,
  | 'visitId'
  | 'revision'
  | 'withdrawn'
  | 'customerId'
  | 'opportunityId'
  | 'salespersonId'
  | 'visitedAt'
  | 'group'
  | 'visitCount'
  | 'conversionProbability'
>

/** What is said is about a visit as it was compared, in the group of that key. */
export function aboutCompared(
  visit: Pick<About, 'visitId' | 'revision' | 'customerId' | 'opportunityId' | 'salespersonId'> & {
    readonly at: number
  },
  group: string,
): About {
  const { visitId, revision, customerId, opportunityId, salespersonId, at } = visit
  const who = { customerId, opportunityId, salespersonId, visitedAt: at }
  return { visitId, revision, withdrawn: false, ...who, group, visitCount: null, conversionProbability: null }
}

export type Said = Pick<FoundEvidence, 'kind' | 'score' | 'text' | 'with' | 'ruled'>
/** Publishes what is said about a visit. */
export type Say = (about: About, said: Said) => void

export const NOTHING = { score: 0, text: '', with: null, ruled: 'fine' } as const satisfies Omit<Said, 'kind'>

/** What a key has said of its visits. */
export interface SaidBefore {
  has(visitId: string, kind: string): boolean
  /** Whether it was said of any visit; asked of a key that has said little. */
  hasKind(kind: string): boolean
  kindsOf(visitId: string): readonly string[]
  /**
   * Publishes what is found of one kind where it differs from what was said before by more than `drift`, or where the
   * record is new; `undefined`: it is taken back. Returns whether there was anything to say.
   */
  say(about: About, kind: string, found: SomeEvidence | undefined, options?: SayOptions): boolean
}

/** Evidence; `ruled`: where a rule found it, its verdict. */
type SomeEvidence = Pick<Said, 'score' | 'text' | 'with'> & Partial<Pick<Said, 'ruled'>>

interface SayOptions {
  readonly isNew?: boolean
  readonly drift?: number
}

/** `few`: of a key that has said little; all of it is looked at once. */
export function saidBefore(decisionState: KeyedState, publish: Say, few: boolean): SaidBefore {
  const all = few ? Map.groupBy(saidIds(decisionState, ''), partOf) : undefined
  const kindsOf = (visitId: string) => {
    if (all?.size === 0) return []
    const part = idPart(visitId)
    const ids = all === undefined ? saidIds(decisionState, `${part}/`) : (all.get(part) ?? [])
    return ids.map((id) => id.slice(part.length + 1))
  }
  const kinds = new Set([...(all?.values() ?? [])].flatMap((ids) => ids.map(kindOf)))
  return {
    has: (visitId, kind) => kindsOf(visitId).includes(kind),
    hasKind: (kind) => kinds.has(kind),
    kindsOf,
    say(about, kind, found, { isNew = false, drift = 0 } = {}) {
      const id = `${idPart(about.visitId)}/${kind}`
      const before = decisionState.get(saidKind, id)?.[0]
      if (found === undefined) {
        if (before === undefined) return false
        decisionState.delete(saidKind, id)
      } else {
        if (!isNew && before !== undefined && Math.abs(before - found.score) <= drift) return false
        decisionState.put(saidKind, id, Float64Array.of(found.score))
      }
      publish(about, { ...NOTHING, ...found, kind })
      return true
    },
  }
}

/** Forgets what was said of visits that are compared no more, without taking it back. */
export function forgetSaid(decisionState: KeyedState, visitIds: Iterable<string>): void {
  for (const visitId of visitIds)
    for (const id of saidIds(decisionState, `${idPart(visitId)}/`)) decisionState.delete(saidKind, id)
}

function saidIds(decisionState: KeyedState, prefix: string): string[] {
  const ids: string[] = []
  decisionState.look(saidKind, prefix, (id) => ids.push(id) > 0)
  return ids
}

function kindOf(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}

function partOf(id: string): string {
  return id.slice(0, id.indexOf('/'))
}

/** Publishes evidence as the messages of a decision, numbered. */
export function evidenceMessages(
  { id, source, occurredAt }: Pick<FoundEvidence, 'id' | 'source' | 'occurredAt'>,
  emit: (message: Message) => void,
): Say {
  let number = 0
  return (about, said) => {
    const at = `${id}/${number++}`
    emit(message(visitEvidence, { id: at, source, occurredAt, ...about, ...said }))
  }
}
