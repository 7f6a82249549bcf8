import type { Planning } from '../../../schemas/visits/planning.ts'

export const VISIT_PLANNING = 'visits'

/** Parameters of the expected value of a visit. */
export type PlanningWeights = Omit<Planning, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>

/** Built-in weights, in use until edited. A visit soon after the last one brings little; after a month one is due. */
export const defaultPlanning: PlanningWeights = {
  currency: 'CNY',
  rates: {},
  visitCostMinor: 30_000,
  kmCostMinor: 200,
  kmIfUnknown: 10,
  worthIfUnknownMinor: 1_000_000,
  probabilityIfUnvisited: 0.1,
  urgencyIfUnvisited: 1.2,
  sinceVisit: [
    { fromDays: 0, factor: 0.3 },
    { fromDays: 3, factor: 0.7 },
    { fromDays: 7, factor: 1 },
    { fromDays: 14, factor: 1.2 },
    { fromDays: 30, factor: 1.4 },
    { fromDays: 90, factor: 1 },
    { fromDays: 180, factor: 0.6 },
  ],
  beforeClose: [
    { withinDays: 7, factor: 1.5 },
    { withinDays: 30, factor: 1.2 },
  ],
  overdue: [
    { fromDays: 0, factor: 1.5 },
    { fromDays: 30, factor: 1 },
  ],
}
