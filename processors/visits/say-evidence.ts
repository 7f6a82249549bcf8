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

/** Returns the header fields of evidence on a compared visit, found in the group of that key. */
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
/** Publishes evidence on a visit. */
export type Say = (about: About, said: Said) => void

export const NOTHING = { score: 0, text: '', with: null, ruled: 'fine' } as const satisfies Omit<Said, 'kind'>

/** The evidence that a key has published on its visits. */
export interface SaidBefore {
  has(visitId: string, kind: string): boolean
  /** Whether evidence of a kind was published on any visit; only for keys opened as `few`. */
  hasKind(kind: string): boolean
  kindsOf(visitId: string): readonly string[]
  /**
   * Publishes evidence of one kind if its score differs from the published one by more than `drift`, or if the record
   * is new; `undefined` withdraws it. Returns whether anything was published.
   */
  say(about: About, kind: string, found: SomeEvidence | undefined, options?: SayOptions): boolean
}

/** Evidence; `ruled`: the verdict of the rule, if a rule found it. */
type SomeEvidence = Pick<Said, 'score' | 'text' | 'with'> & Partial<Pick<Said, 'ruled'>>

interface SayOptions {
  readonly isNew?: boolean
  readonly drift?: number
}

/** Opens the published evidence of a key. `few`: the key has published little, and all of it is read at once. */
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

/** Drops what was published on visits that are no longer compared, without withdrawing it. */
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

/** Returns a function that publishes evidence as the numbered messages of a decision. */
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
