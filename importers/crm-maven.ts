import { firstOutcome, outcomes } from '../schemas/models/outcomes.ts'
import { DAY_MS } from '../schemas/durations.ts'
import { opportunities } from '../schemas/visits/visits.ts'
import { organisations } from '../schemas/recommendations/organisations.ts'
import { timeOf } from './calendar.ts'
import { cellError, csvRows, mapped, minorUnits, number, text, textOrNull, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer, type TopicEvent } from './importer.ts'
import { sortedByTime } from './in-time-order.ts'

const source = 'crm_maven'
const statuses = { Prospecting: 'open', Engaging: 'open', Won: 'won', Lost: 'lost' } as const

/**
 * The sales pipeline of a fictional company, 2016–2017, for testing the import only, since its outcomes carry almost no
 * signal. Days are read as UTC at 00:00. Until an opportunity closes, its value is the product's list price; the
 * closing price (0 if lost) is known only then. Rows in the stage Prospecting have no date and so produce no event. An
 * opportunity without an account counts as a separate customer. The 8,800 rows are held in memory and sorted.
 */
export const crmMaven: Importer = {
  name: source,
  description: 'A sales pipeline 2016–2017 → organisations, opportunities, conversion outcomes',
  licence: 'not stated',
  async *read(folder) {
    const prices = new Map<string, number>()
    await table(folder, 'products', ['product', 'sales_price'], (row) =>
      prices.set(text(row, 'product'), minorUnits(row, 'sales_price')),
    )
    const teams = new Map<string, string>()
    await table(folder, 'sales_teams', ['sales_agent', 'manager'], (row) =>
      teams.set(text(row, 'sales_agent'), text(row, 'manager')),
    )
    const accounts: Row[] = []
    await table(folder, 'accounts', ['account', 'sector', 'employees'], (row) => accounts.push(row))

    const events: TopicEvent[] = []
    const columns = [
      'opportunity_id',
      'sales_agent',
      'product',
      'account',
      'deal_stage',
      'engage_date',
      'close_date',
      'close_value',
    ]
    await table(folder, 'sales_pipeline', columns, (row) => {
      if (mapped(row, 'deal_stage', statuses) !== 'open' || textOrNull(row, 'engage_date') !== null)
        events.push(...deal(row, prices, teams))
    })
    const firstAt = Math.min(...events.map(({ event }) => event.occurredAt))
    yield* accounts.map((row) => organisation(row, firstAt))
    yield* sortedByTime(events)
  },
}

async function table(
  folder: string,
  name: string,
  columns: readonly string[],
  take: (row: Row) => void,
): Promise<void> {
  const file = await findFile(folder, new RegExp(`^${name}\\.csv(\\.gz)?$`))
  for await (const row of csvRows(file, { columns })) take(row)
}

function customerOf(account: string): string {
  return `crm_maven-${account}`
}

/** The data set doesn't say when an account was created, so the first day of the pipeline is used. */
function organisation(row: Row, occurredAt: number): TopicEvent {
  const account = text(row, 'account')
  return topicEvent(organisations, {
    id: `crm_maven-organisation-${account}`,
    occurredAt,
    source,
    organisationId: account,
    customerId: customerOf(account),
    name: account,
    fieldOfActivity: text(row, 'sector'),
    segment: null,
    employees: number(row, 'employees'),
    region: null,
    attributes: {},
  })
}

function* deal(
  row: Row,
  prices: ReadonlyMap<string, number>,
  teams: ReadonlyMap<string, string>,
): Generator<TopicEvent> {
  const opportunityId = text(row, 'opportunity_id')
  const salespersonId = text(row, 'sales_agent')
  const teamId = teams.get(salespersonId)
  if (teamId === undefined) throw cellError(row, 'sales_agent', 'an agent of a team')
  // The price list writes "GTX Pro", the pipeline "GTXPro".
  const product = text(row, 'product') === 'GTXPro' ? 'GTX Pro' : text(row, 'product')
  const listPrice = prices.get(product)
  if (listPrice === undefined) throw cellError(row, 'product', 'a product of the price list')
  const customerId = customerOf(textOrNull(row, 'account') ?? `unnamed-${opportunityId}`)
  const status = mapped(row, 'deal_stage', statuses)
  const engagedAt = timeOf(row, 'engage_date', 'date')
  const common = {
    source,
    opportunityId,
    customerId,
    salespersonId,
    teamId,
    product,
    currency: 'USD',
    plannedCloseAt: null,
  }
  yield topicEvent(opportunities, {
    ...common,
    id: `crm_maven-${opportunityId}-open`,
    occurredAt: engagedAt,
    revision: 0,
    stage: 'Engaging',
    status: 'open',
    valueMinor: listPrice,
  })
  if (status === 'open') return
  // At the end of the day, so that a deal of a single day is closed after it was opened.
  const occurredAt = timeOf(row, 'close_date', 'date') + DAY_MS - 1
  const closed = {
    occurredAt,
    revision: 1,
    stage: text(row, 'deal_stage'),
    status,
    valueMinor: minorUnits(row, 'close_value'),
  }
  yield topicEvent(opportunities, { ...common, id: `crm_maven-${opportunityId}-closed`, ...closed })
  yield topicEvent(outcomes, {
    id: `crm_maven-${opportunityId}-outcome`,
    occurredAt,
    source,
    customerId,
    task: 'conversion',
    subjectId: opportunityId,
    value: status === 'won' ? 1 : 0,
    asOf: occurredAt - 1,
    ...firstOutcome,
  })
}
