import { numericState, type KeyedState } from '../../features/keyed-state.ts'
import { idPart } from '../../features/string-hash.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { visitEvidence, type FoundEvidence } from '../../schemas/visits/visit-evidence.ts'

/** The score of each kind of evidence that was published last, under `visit/kind`. */
export const publishedScoreKind = numericState('said', 1)

export type EvidenceHeader = Pick<
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
export function headerOfCompared(
  visit: Pick<EvidenceHeader, 'visitId' | 'revision' | 'customerId' | 'opportunityId' | 'salespersonId'> & {
    readonly at: number
  },
  group: string,
): EvidenceHeader {
  const { visitId, revision, customerId, opportunityId, salespersonId, at } = visit
  const who = { customerId, opportunityId, salespersonId, visitedAt: at }
  return { visitId, revision, withdrawn: false, ...who, group, visitCount: null, conversionProbability: null }
}

export type EvidenceBody = Pick<FoundEvidence, 'kind' | 'score' | 'text' | 'with' | 'ruled'>
/** Publishes evidence on a visit. */
export type PublishEvidence = (header: EvidenceHeader, body: EvidenceBody) => void

export const NO_EVIDENCE = { score: 0, text: '', with: null, ruled: 'fine' } as const satisfies Omit<
  EvidenceBody,
  'kind'
>

/** The evidence that a key has published on its visits. */
export interface PublishedEvidence {
  has(visitId: string, kind: string): boolean
  /** Whether evidence of a kind was published on any visit; only for keys opened as `few`. */
  hasKind(kind: string): boolean
  kindsOf(visitId: string): readonly string[]
  /**
   * Publishes evidence of one kind if its score differs from the published one by more than `drift`, or if the record
   * is new; `undefined` withdraws it. Returns whether anything was published.
   */
  publish(header: EvidenceHeader, kind: string, found: SomeEvidence | undefined, options?: SayOptions): boolean
}

/** Evidence; `ruled`: the verdict of the rule, if a rule found it. */
type SomeEvidence = Pick<EvidenceBody, 'score' | 'text' | 'with'> & Partial<Pick<EvidenceBody, 'ruled'>>

interface SayOptions {
  readonly isNew?: boolean
  readonly drift?: number
}

/** Opens the published evidence of a key. `few`: the key has published little, and all of it is read at once. */
export function publishedEvidence(
  decisionState: KeyedState,
  publishEvidence: PublishEvidence,
  few: boolean,
): PublishedEvidence {
  const ids = few ? publishedIds(decisionState, '') : undefined
  let byVisit: Map<string, string[]> | undefined
  let kinds: Set<string> | undefined
  let isChanged = false
  const kindsOf = (visitId: string) => {
    if (ids?.length === 0) return []
    const part = idPart(visitId)
    const own =
      ids === undefined
        ? publishedIds(decisionState, `${part}/`)
        : ((byVisit ??= Map.groupBy(ids, partOf)).get(part) ?? [])
    return own.map((id) => id.slice(part.length + 1))
  }
  return {
    has: (visitId, kind) => kindsOf(visitId).includes(kind),
    hasKind: (kind) => (kinds ??= new Set(ids?.map(kindOf))).has(kind),
    kindsOf,
    publish(header, kind, found, { isNew = false, drift = 0 } = {}) {
      // Reading a record that does not exist costs memory.
      if (found === undefined && !isChanged && !kindsOf(header.visitId).includes(kind)) return false
      const id = `${idPart(header.visitId)}/${kind}`
      const before = decisionState.get(publishedScoreKind, id)?.[0]
      if (found === undefined) {
        if (before === undefined) return false
        decisionState.delete(publishedScoreKind, id)
      } else {
        if (!isNew && before !== undefined && Math.abs(before - found.score) <= drift) return false
        decisionState.put(publishedScoreKind, id, Float64Array.of(found.score))
      }
      isChanged = true
      publishEvidence(header, { ...NO_EVIDENCE, ...found, kind })
      return true
    },
  }
}

/** Drops what was published on visits that are no longer compared, without withdrawing it. */
export function forgetPublished(decisionState: KeyedState, visitIds: Iterable<string>): void {
  for (const visitId of visitIds)
    for (const id of publishedIds(decisionState, `${idPart(visitId)}/`)) decisionState.delete(publishedScoreKind, id)
}

function publishedIds(decisionState: KeyedState, prefix: string): string[] {
  const ids: string[] = []
  decisionState.look(publishedScoreKind, prefix, (id) => ids.push(id) > 0)
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
): PublishEvidence {
  let number = 0
  return (header, body) => {
    const at = `${id}/${number++}`
    emit(message(visitEvidence, { id: at, source, occurredAt, ...header, ...body }))
  }
}
