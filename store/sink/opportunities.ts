import { opportunities, visits, type Opportunity, type Visit } from '../../schemas/visits.ts'
import { newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

interface Revised {
  readonly revision: number
  readonly occurred_at: number
}

/** The highest revision stands, then the later event time, as in the processors. */
const isNewer = (row: Revised, held: Revised) =>
  row.revision !== held.revision ? row.revision > held.revision : row.occurred_at >= held.occurred_at
const newerThan = (table: string) => `(${table}.revision, ${table}.occurred_at) <= (excluded.revision, excluded.occurred_at)`

const opportunityColumns = {
  opportunity_id: 'text',
  revision: 'integer',
  customer_id: 'text',
  salesperson_id: 'text',
  team_id: 'text',
  product: 'text',
  stage: 'text',
  status: 'text',
  value_minor: 'bigint',
  currency: 'text',
  occurred_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof opportunityOf>>

export const opportunitiesWriter = sinkWriter<Opportunity>({
  topic: opportunities,
  async write(transaction, events) {
    const rows = newestOfEach(valuesOf(events).map(opportunityOf), ({ opportunity_id }) => opportunity_id, isNewer)
    await writeRows(
      transaction,
      'opportunities',
      opportunityColumns,
      rows,
      replaceOn(['opportunity_id'], opportunityColumns, newerThan('opportunities')),
    )
  },
})

function opportunityOf(opportunity: Opportunity) {
  return {
    opportunity_id: opportunity.opportunityId,
    revision: opportunity.revision,
    customer_id: opportunity.customerId,
    salesperson_id: opportunity.salespersonId,
    team_id: opportunity.teamId,
    product: opportunity.product,
    stage: opportunity.stage,
    status: opportunity.status,
    value_minor: opportunity.valueMinor,
    currency: opportunity.currency,
    occurred_at: opportunity.occurredAt,
    source: opportunity.source,
  }
}

const visitColumns = {
  visit_id: 'text',
  revision: 'integer',
  withdrawn: 'boolean',
  opportunity_id: 'text',
  customer_id: 'text',
  salesperson_id: 'text',
  text: 'text',
  latitude: 'double precision',
  longitude: 'double precision',
  check_in_at: 'time',
  check_out_at: 'time',
  occurred_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof visitOf>>

export const visitsWriter = sinkWriter<Visit>({
  topic: visits,
  async write(transaction, events) {
    const rows = newestOfEach(valuesOf(events).map(visitOf), ({ visit_id }) => visit_id, isNewer)
    await writeRows(transaction, 'visits', visitColumns, rows, replaceOn(['visit_id'], visitColumns, newerThan('visits')))
  },
})

function visitOf(visit: Visit) {
  return {
    visit_id: visit.visitId,
    revision: visit.revision,
    withdrawn: visit.withdrawn,
    opportunity_id: visit.opportunityId,
    customer_id: visit.customerId,
    salesperson_id: visit.salespersonId,
    text: visit.text,
    latitude: visit.place?.latitude ?? null,
    longitude: visit.place?.longitude ?? null,
    check_in_at: visit.checkInAt,
    check_out_at: visit.checkOutAt,
    occurred_at: visit.occurredAt,
    source: visit.source,
  }
}
