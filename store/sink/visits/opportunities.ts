import { opportunities, visits, type Opportunity, type Visit } from '../../../schemas/visits/visits.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

/** The highest revision wins, then the later event time, as in the processors. */
const newestRevision = { newestBy: ['revision', 'occurred_at'] }

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

export const opportunitiesWriter = sinkWriter({
  topic: opportunities,
  columns: opportunityColumns,
  rowOf: opportunityOf,
  tables: [{ name: 'opportunities', key: ['opportunity_id'], keep: newestRevision }],
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

export const visitsWriter = sinkWriter({
  topic: visits,
  columns: visitColumns,
  rowOf: visitOf,
  tables: [{ name: 'visits', key: ['visit_id'], keep: newestRevision }],
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
