import type { ColumnType, Generated } from 'kysely'
import type { CatalogueTables } from './catalogue-tables.ts'

/** Rows as they are read. Times are `Date`s; what the database makes itself need not be given. */
type Time = ColumnType<Date, Date | string, Date | string>
/** Set by the database unless given. */
type MadeTime = ColumnType<Date, Date | undefined, Date>
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type Json<T> = ColumnType<T, string, string>

export interface CustomersTable {
  customer_id: string
  feature_set: string | null
  values: number[] | null
  time_zone: string | null
  features_at: NullableTime
  name: string | null
  sex: string | null
  birth_year: number | null
  registered_place: string | null
  residence: string | null
  segment: string | null
  attributes: Json<Record<string, string>> | null
  profile_at: NullableTime
  source: string | null
}

export interface ScoresTable {
  id: string
  task: string
  subject_id: string
  customer_id: string
  opportunity_id: string | null
  salesperson_id: string | null
  visit_count: number | null
  probability: number | null
  model_id: string | null
  absent: string | null
  feature_set: string
  row: number[]
  text: string | null
  line_times: ColumnType<Date[] | null, never, never>
  occurred_at: Time
  input_topic: string | null
  input_partition: number | null
  input_offset: number | null
}

export interface OpportunitiesTable {
  opportunity_id: string
  revision: number
  customer_id: string
  salesperson_id: string
  team_id: string | null
  product: string | null
  stage: string | null
  status: string
  value_minor: number | null
  currency: string | null
  occurred_at: Time
  source: string
}

export interface VisitsTable {
  visit_id: string
  revision: number
  withdrawn: boolean
  opportunity_id: string
  customer_id: string
  salesperson_id: string
  text: string
  latitude: number | null
  longitude: number | null
  check_in_at: NullableTime
  check_out_at: NullableTime
  occurred_at: Time
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
  open_count: number
  occurred_at: Time
}

export interface AssessmentsTable {
  id: string
  opportunity_id: string
  customer_id: string
  salesperson_id: string | null
  verdict: string
  reasons: Json<{ code: string; text: string }[]>
  visit_count: number
  probability: number | null
  policy_version: number
  occurred_at: Time
}

export interface AlertsTable {
  id: string
  kind: string
  subject_id: string
  customer_id: string
  raised: boolean
  text: string
  probability: number | null
  threshold: number | null
  reasons: Json<ReasonLine[]>
  occurred_at: Time
}

/** Why a score is what it is. */
export interface ReasonLine {
  feature: string
  value: number | null
  contribution: number
  words: string
}

export interface PotentialCustomersTable {
  customer_id: string
  id: string
  potential: boolean
  estimate: number
  threshold: number
  threshold_version: number
  model_id: string | null
  since: Time
  reasons: Json<ReasonLine[]>
  occurred_at: Time
}

export interface TurnAnalysesTable {
  id: string
  customer_id: string
  call_id: string
  turn: number
  text: string
  intent: string | null
  intents: Json<{ intent: string; probability: number }[]>
  model_id: string | null
  absent: string | null
  sentiment: string
  sentiment_score: number
  objection: string | null
  cues: Json<string[]>
  key_phrases: Json<string[]>
  unsure: Json<{ text: string; startMs: number; endMs: number; confidence: number | null }[]>
  context: Json<Record<string, number>>
  occurred_at: Time
}

export interface OutcomesTable {
  id: string
  task: string
  subject_id: string
  customer_id: string
  value: number
  as_of: NullableTime
  occurred_at: Time
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
  occurred_at: Time
}

export interface ModelsTable {
  id: string
  task: string
  algorithm: string
  feature_set: string
  artefact: Buffer
  metrics: Json<Record<string, number>>
  /** How many rows, from when to when, and their hash: the same data give the same fingerprint. */
  data: Json<Record<string, unknown>>
  code_version: string
  status: 'challenger' | 'champion' | 'retired'
  reason: string | null
  trained_at: MadeTime
  released_at: NullableTime
}

export interface SettingVersionsTable {
  /** Name of the setting, and which one of them. */
  setting: string
  key: string
  version: number
  value: Json<unknown>
  changed_by: string
  changed_at: MadeTime
}

export interface OutboxTable {
  id: Generated<number>
  topic: string
  event: Json<unknown>
  created_at: MadeTime
  published_at: NullableTime
}

export interface SinkPositionsTable {
  topic: string
  partition: number
  next_offset: number
  /** The incarnation of the topic that the position is of; null: written before positions knew it. */
  topic_id: string | null
}

export interface GapsTable {
  id: string
  processor: string
  topic: string
  partition: number
  from: number
  to: number
  occurred_at: Time
}

export interface SinkProgressTable {
  partition: number
  as_of: Time
}

export interface DeploymentTable {
  only_one: Generated<boolean>
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
