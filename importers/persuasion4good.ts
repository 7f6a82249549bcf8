import { firstOutcome, outcomes } from '../schemas/models/outcomes.ts'
import { profiles } from '../schemas/customers/profiles.ts'
import { MINUTE_MS } from '../schemas/durations.ts'
import { opportunities, reportOnly, visits } from '../schemas/visits/visits.ts'
import { cellError, csvRows, mapped, number, text, textOrNull, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer, type TopicEvent } from './importer.ts'
import { sortedByTime } from './in-time-order.ts'

/**
 * Number of customer turns after which the outcome is predicted. By then an amount was named in two of five dialogues,
 * later in nine of ten. The number is the same for all dialogues, since a cut at the first mention of the amount would
 * leak the outcome through the length of the text.
 */
const TURNS_BEFORE_ASKING = 5

interface Dialogue {
  readonly id: string
  readonly startAt: number
  readonly salespersonId: string
  readonly customer: Row
  /** What the customer said, in order; `minute` counts the lines of both speakers. */
  readonly turns: { readonly number: string; readonly minute: number; readonly text: string }[]
  lines: number
}

/**
 * Conversations in which one person asks another for a donation. The person asked (B4 = 1) is the customer, the one who
 * asks the salesperson, a dialogue an opportunity, and each turn of the customer a visit with the words as feedback. B6
 * of the customer is the donation made afterwards. The dialogue's id contains its start (read as UTC); lines have no
 * times, so each is counted as a minute. 711 dialogues overlap in time, so all are held in memory and sorted.
 */
export const persuasion4good: Importer = {
  name: 'persuasion4good',
  description:
    'Conversations that ask for a gift → profiles, opportunities, visits with the customer’s words, conversion outcomes',
  licence: 'not stated',
  async *read(folder) {
    const dialogues = await readDialogues(folder)
    const events = [...dialogues.values()].flatMap((dialogue) => [...eventsOf(dialogue)])
    yield* sortedByTime(withoutRepeatedProfiles(events))
  },
}

async function readDialogues(folder: string): Promise<Map<string, Dialogue>> {
  const people = new Map<string, { asking?: Row; asked?: Row }>()
  const infoFile = await findFile(folder, /info\.csv(\.gz)?$/)
  for await (const row of csvRows(infoFile, { columns: ['B2', 'B3', 'B4', 'B6', 'age.x', 'sex.x'] })) {
    const both = people.get(text(row, 'B2')) ?? {}
    people.set(text(row, 'B2'), { ...both, [mapped(row, 'B4', { 0: 'asking', 1: 'asked' })]: row })
  }
  const dialogues = new Map<string, Dialogue>()
  const dialogFile = await findFile(folder, /dialog\.csv(\.gz)?$/)
  for await (const row of csvRows(dialogFile, { columns: ['Unit', 'Turn', 'B4', 'B2'] })) {
    const id = text(row, 'B2')
    const { asking, asked } = people.get(id) ?? {}
    if (asking === undefined || asked === undefined)
      throw cellError(row, 'B2', `a dialogue whose two people are in ${infoFile}`)
    const dialogue = dialogues.get(id) ?? {
      id,
      startAt: startOf(row),
      salespersonId: text(asking, 'B3'),
      customer: asked,
      turns: [],
      lines: 0,
    }
    dialogues.set(id, dialogue)
    const minute = ++dialogue.lines
    if (mapped(row, 'B4', { 0: false, 1: true }))
      dialogue.turns.push({ number: text(row, 'Turn'), minute, text: textOrNull(row, 'Unit') ?? '' })
  }
  return dialogues
}

/** Parses the start from the id: 20180904-100019_870_live began at 10:00:19. A few ids are prefixed with BAD_. */
function startOf(row: Row): number {
  const parts = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)_/.exec(text(row, 'B2'))
  if (parts === null) throw cellError(row, 'B2', 'a dialogue id with its time')
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function* eventsOf({ id, startAt, salespersonId, customer, turns, lines }: Dialogue): Generator<TopicEvent> {
  const customerId = `persuasion4good-${text(customer, 'B3')}`
  const envelope = (name: string, occurredAt: number) => ({
    id: `persuasion4good-${name}`,
    occurredAt,
    source: 'persuasion4good',
    customerId,
  })
  const age = textOrNull(customer, 'age.x') === null ? null : number(customer, 'age.x')
  yield topicEvent(profiles, {
    ...envelope(`profile-${text(customer, 'B3')}`, startAt),
    name: null,
    sex: mapped(customer, 'sex.x', { Female: 'female', Male: 'male', Other: 'other', '': null } as const),
    birthYear: age === null ? null : new Date(startAt).getUTCFullYear() - Math.round(age),
    registeredPlace: null,
    residence: null,
    timeZone: 'UTC',
    segment: null,
    attributes: {},
  })
  const opportunity = {
    opportunityId: id,
    salespersonId,
    teamId: null,
    product: 'gift',
    valueMinor: null,
    currency: null,
    plannedCloseAt: null,
  }
  yield topicEvent(opportunities, {
    ...envelope(`${id}-open`, startAt),
    ...opportunity,
    revision: 0,
    stage: 'first contact',
    status: 'open',
  })
  for (const { number: turn, minute, text: words } of turns) {
    const visitId = `${id}-${turn}-${minute}`
    const visit = {
      visitId,
      revision: 0,
      withdrawn: false,
      opportunityId: id,
      salespersonId,
      text: words,
      ...reportOnly,
    }
    yield topicEvent(visits, { ...envelope(`visit-${visitId}`, startAt + minute * MINUTE_MS), ...visit })
  }
  const closedAt = startAt + (lines + 1) * MINUTE_MS
  const hasDonated = number(customer, 'B6') > 0
  const asked = turns[Math.min(TURNS_BEFORE_ASKING, turns.length) - 1]
  const status = hasDonated ? 'won' : 'lost'
  yield topicEvent(opportunities, {
    ...envelope(`${id}-closed`, closedAt),
    ...opportunity,
    revision: 1,
    stage: null,
    status,
  })
  yield topicEvent(outcomes, {
    ...envelope(`${id}-outcome`, closedAt),
    task: 'conversion',
    subjectId: id,
    value: hasDonated ? 1 : 0,
    asOf: asked === undefined ? startAt : startAt + asked.minute * MINUTE_MS,
    ...firstOutcome,
  })
}

/** Drops repeated profiles of people who were asked several times; they add nothing to the first. */
function* withoutRepeatedProfiles(events: Iterable<TopicEvent>): Generator<TopicEvent> {
  const seen = new Set<string>()
  for (const item of sortedByTime(events)) {
    if (item.topic === profiles.name && seen.has(item.event.id)) continue
    seen.add(item.event.id)
    yield item
  }
}
