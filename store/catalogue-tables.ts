import type { ColumnType } from 'kysely'
import type { Interest } from '../schemas/recommendations/interests.ts'
import type { RecommendedItem } from '../schemas/recommendations/recommendations.ts'

/** Rows of what is recommended, to whom, and in which words. */

type Time = ColumnType<Date, Date | string, Date | string>
type Json<T> = ColumnType<T, string, string>

export interface OrganisationsTable {
  customerId: string
  id: string
  organisationId: string
  name: string
  fieldOfActivity: string | null
  segment: string | null
  employees: number | null
  region: string | null
  attributes: Json<Record<string, string>>
  occurredAt: Time
  source: string
}

export interface ContactsTable {
  customerId: string
  contactId: string
  id: string
  organisationId: string
  name: string
  role: string | null
  interests: Json<string[]>
  categories: Json<string[]>
  seniority: string | null
  active: boolean
  occurredAt: Time
  source: string
}

export interface RecommendationsTable {
  id: string
  customerId: string
  stage: string
  items: Json<RecommendedItem[]>
  threshold: number
  modelId: string | null
  modelDictionaryVersion: number | null
  dictionaryVersion: number
  unknownToModel: Json<string[]>
  absent: string | null
  occurredAt: Time
}

export interface InterestsTable {
  customerId: string
  id: string
  interests: Json<Interest[]>
  modelId: string | null
  absent: string | null
  lookedAt: Json<string[]>
  occurredAt: Time
}

export interface CatalogueTables {
  organisations: OrganisationsTable
  contacts: ContactsTable
  recommendations: RecommendationsTable
  recommendation_history: RecommendationsTable
  interests: InterestsTable
}
