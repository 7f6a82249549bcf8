import type { ColumnType } from 'kysely'
import type { Interest } from '../schemas/recommendations/interests.ts'
import type { RecommendedItem } from '../schemas/recommendations/recommendations.ts'

/** Rows of what is recommended, to whom, and in which words. */

type Time = ColumnType<Date, Date | string, Date | string>
type Json<T> = ColumnType<T, string, string>

export interface OrganisationsTable {
  customer_id: string
  id: string
  organisation_id: string
  name: string
  field_of_activity: string | null
  segment: string | null
  employees: number | null
  region: string | null
  attributes: Json<Record<string, string>>
  occurred_at: Time
  source: string
}

export interface ContactsTable {
  customer_id: string
  contact_id: string
  id: string
  organisation_id: string
  name: string
  role: string | null
  interests: Json<string[]>
  categories: Json<string[]>
  seniority: string | null
  active: boolean
  occurred_at: Time
  source: string
}

export interface RecommendationsTable {
  id: string
  customer_id: string
  stage: string
  items: Json<RecommendedItem[]>
  threshold: number
  model_id: string | null
  model_dictionary_version: number | null
  dictionary_version: number
  unknown_to_model: Json<string[]>
  absent: string | null
  occurred_at: Time
}

export interface InterestsTable {
  customer_id: string
  id: string
  interests: Json<Interest[]>
  model_id: string | null
  absent: string | null
  looked_at: Json<string[]>
  occurred_at: Time
}

export interface CatalogueTables {
  organisations: OrganisationsTable
  contacts: ContactsTable
  recommendations: RecommendationsTable
  recommendation_history: RecommendationsTable
  interests: InterestsTable
}
