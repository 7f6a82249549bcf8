import { opportunities, visits, type Opportunity, type Visit } from '../../../schemas/visits/visits.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

/** The highest revision wins, then the later event time, as in the processors. */
const newestRevision = { newestBy: ['revision', 'occurredAt'] }

const opportunityColumns = {
  opportunityId: 'text',
  revision: 'integer',
  customerId: 'text',
  salespersonId: 'text',
  teamId: 'text',
  product: 'text',
  stage: 'text',
  status: 'text',
  valueMinor: 'bigint',
  currency: 'text',
  occurredAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof opportunityOf>>

export const opportunitiesWriter = sinkWriter({
  topic: opportunities,
  columns: opportunityColumns,
  rowOf: opportunityOf,
  tables: [{ name: 'opportunities', key: ['opportunityId'], keep: newestRevision }],
})

function opportunityOf(opportunity: Opportunity) {
  return {
    opportunityId: opportunity.opportunityId,
    revision: opportunity.revision,
    customerId: opportunity.customerId,
    salespersonId: opportunity.salespersonId,
    teamId: opportunity.teamId,
    product: opportunity.product,
    stage: opportunity.stage,
    status: opportunity.status,
    valueMinor: opportunity.valueMinor,
    currency: opportunity.currency,
    occurredAt: opportunity.occurredAt,
    source: opportunity.source,
  }
}

const visitColumns = {
  visitId: 'text',
  revision: 'integer',
  withdrawn: 'boolean',
  opportunityId: 'text',
  customerId: 'text',
  salespersonId: 'text',
  text: 'text',
  latitude: 'double precision',
  longitude: 'double precision',
  checkInAt: 'time',
  checkOutAt: 'time',
  occurredAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof visitOf>>

export const visitsWriter = sinkWriter({
  topic: visits,
  columns: visitColumns,
  rowOf: visitOf,
  tables: [{ name: 'visits', key: ['visitId'], keep: newestRevision }],
})

function visitOf(visit: Visit) {
  return {
    visitId: visit.visitId,
    revision: visit.revision,
    withdrawn: visit.withdrawn,
    opportunityId: visit.opportunityId,
    customerId: visit.customerId,
    salespersonId: visit.salespersonId,
    text: visit.text,
    latitude: visit.place?.latitude ?? null,
    longitude: visit.place?.longitude ?? null,
    checkInAt: visit.checkInAt,
    checkOutAt: visit.checkOutAt,
    occurredAt: visit.occurredAt,
    source: visit.source,
  }
}
