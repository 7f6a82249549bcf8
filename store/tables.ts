import type { ColumnType, Generated } from 'kysely'
import type { CatalogueTables } from './catalogue-tables.ts'

/** Rows as they are read. Times are `Date`s; what the database makes itself need not be given. */
type Time = ColumnType<Date, Date | string, Date | string>
/** Set by the database unless given. */
type MadeTime = ColumnType<Date, Date | undefined, Date>
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type Json<T> = ColumnType<T, string, string>

export interface CustomersTable {
  customerId: string
  featureSet: string | null
  values: number[] | null
  timeZone: string | null
  featuresAt: NullableTime
  name: string | null
  sex: string | null
  birthYear: number | null
  registeredPlace: string | null
  residence: string | null
  segment: string | null
  attributes: Json<Record<string, string>> | null
  profileAt: NullableTime
  source: string | null
}

export interface ScoresTable {
  id: string
  task: string
  subjectId: string
  customerId: string
  opportunityId: string | null
  salespersonId: string | null
  visitCount: number | null
  probability: number | null
  modelId: string | null
  absent: string | null
  featureSet: string
  row: number[]
  text: string | null
  lineTimes: ColumnType<Date[] | null, never, never>
  occurredAt: Time
  inputTopic: string | null
  inputPartition: number | null
  inputOffset: number | null
}

export interface OpportunitiesTable {
  opportunityId: string
  revision: number
  customerId: string
  salespersonId: string
  teamId: string | null
  product: string | null
  stage: string | null
  status: string
  valueMinor: number | null
  currency: string | null
  occurredAt: Time
  source: string
}

export interface VisitsTable {
  visitId: string
  revision: number
  withdrawn: boolean
  opportunityId: string
  customerId: string
  salespersonId: string
  text: string
  latitude: number | null
  longitude: number | null
  checkInAt: NullableTime
  checkOutAt: NullableTime
  occurredAt: Time
  source: string
}

export interface PriorityLine {
  opportunityId: string
  customerId: string
  salespersonId: string
  probability: number
  scoredAt: number
}

export interface PrioritiesTable {
  scope: string
  owner: string
  entries: Json<PriorityLine[]>
  openCount: number
  occurredAt: Time
}

export interface AssessmentsTable {
  id: string
  opportunityId: string
  customerId: string
  salespersonId: string | null
  verdict: string
  reasons: Json<{ code: string; text: string }[]>
  visitCount: number
  probability: number | null
  policyVersion: number
  occurredAt: Time
}

export interface AlertsTable {
  id: string
  kind: string
  subjectId: string
  customerId: string
  raised: boolean
  text: string
  probability: number | null
  threshold: number | null
  reasons: Json<ReasonLine[]>
  occurredAt: Time
}

/** Why a score is what it is. */
export interface ReasonLine {
  feature: string
  value: number | null
  contribution: number
  words: string
}

export interface PotentialCustomersTable {
  customerId: string
  id: string
  potential: boolean
  estimate: number
  threshold: number
  thresholdVersion: number
  modelId: string | null
  since: Time
  reasons: Json<ReasonLine[]>
  occurredAt: Time
}

export interface TurnAnalysesTable {
  id: string
  customerId: string
  callId: string
  turn: number
  text: string
  intent: string | null
  intents: Json<{ intent: string; probability: number }[]>
  modelId: string | null
  absent: string | null
  sentiment: string
  sentimentScore: number
  objection: string | null
  cues: Json<string[]>
  keyPhrases: Json<string[]>
  unsure: Json<{ text: string; startMs: number; endMs: number; confidence: number | null }[]>
  context: Json<Record<string, number>>
  occurredAt: Time
}

export interface OutcomesTable {
  id: string
  task: string
  subjectId: string
  customerId: string
  value: number
  asOf: NullableTime
  occurredAt: Time
  source: string
}

export interface DeadLettersTable {
  id: string
  processor: string
  topic: string
  partition: number
  offset: number
  code: string
  message: string
  key: Buffer | null
  value: Buffer | null
  occurredAt: Time
}

export interface ModelsTable {
  id: string
  task: string
  algorithm: string
  featureSet: string
  artefact: Buffer
  metrics: Json<Record<string, number>>
  /** How many rows, from when to when, and their hash: the same data give the same fingerprint. */
  data: Json<Record<string, unknown>>
  codeVersion: string
  status: 'challenger' | 'champion' | 'retired'
  reason: string | null
  trainedAt: MadeTime
  releasedAt: NullableTime
}

export interface SettingVersionsTable {
  /** Name of the setting, and which one of them. */
  setting: string
  key: string
  version: number
  value: Json<unknown>
  changedBy: string
  changedAt: MadeTime
}

export interface OutboxTable {
  id: Generated<number>
  topic: string
  event: Json<unknown>
  createdAt: MadeTime
  publishedAt: NullableTime
}

export interface SinkPositionsTable {
  topic: string
  partition: number
  nextOffset: number
  /** The incarnation of the topic that the position is of; null: written before positions knew it. */
  topicId: string | null
}

export interface GapsTable {
  id: string
  processor: string
  topic: string
  partition: number
  from: number
  to: number
  occurredAt: Time
}

export interface SinkProgressTable {
  partition: number
  asOf: Time
}

export interface DeploymentTable {
  onlyOne: Generated<boolean>
  id: string
}

export interface Tables extends CatalogueTables {
  customers: CustomersTable
  scores: ScoresTable
  score_history: ScoresTable
  opportunities: OpportunitiesTable
  visits: VisitsTable
  priorities: PrioritiesTable
  assessments: AssessmentsTable
  assessment_history: AssessmentsTable
  alerts: AlertsTable
  alert_history: AlertsTable
  potential_customers: PotentialCustomersTable
  turn_analyses: TurnAnalysesTable
  outcomes: OutcomesTable
  dead_letters: DeadLettersTable
  models: ModelsTable
  setting_versions: SettingVersionsTable
  outbox: OutboxTable
  sink_positions: SinkPositionsTable
  sink_progress: SinkProgressTable
  gaps: GapsTable
  deployment: DeploymentTable
}
