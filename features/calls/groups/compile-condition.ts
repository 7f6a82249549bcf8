import { EvaluationError } from '@marcbachmann/cel-js'
import { customerFeatures } from '../../customers/customer.ts'
import { fieldsOf, parseCondition, PROFILE_FIELDS, type ProfileField } from './condition-language.ts'

/** Data about a customer that a condition is evaluated on. */
export interface CustomerFacts extends Readonly<Record<ProfileField, string | null>> {
  /** Feature values in the order of the condition’s `places`; NaN or null if unknown. */
  readonly values: readonly (number | null)[]
}

export interface Condition {
  /** `name@version` of the feature set that the condition reads. */
  readonly featureSet: string
  /** Indexes, from 0, of the features that the condition reads. */
  readonly places: readonly number[]
  /** Names of the features and profile fields that the condition reads, sorted. */
  readonly fields: readonly string[]
  /** Whether the customer meets the condition; `undefined` if missing values leave it open. */
  holds(customer: CustomerFacts): boolean | undefined
}

/**
 * Compiles a condition in CEL (Common Expression Language). A value that is missing or can’t be computed is an error in
 * CEL’s logic: it propagates unless the rest decides (`unknown && false` is false, `unknown || true` is true). Throws
 * `ConditionError`.
 */
export function compileCondition(text: string): Condition {
  const parsed = parseCondition(text)
  const fields = [...new Set(fieldsOf(parsed.ast))]
  const names = customerFeatures.names.filter((name) => fields.includes(name))
  const profile = PROFILE_FIELDS.filter((field) => fields.includes(`customer.${field}`))
  return {
    featureSet: customerFeatures.id,
    places: names.map((name) => customerFeatures.names.indexOf(name)),
    fields: fields.toSorted(),
    holds(customer) {
      const facts = emptyFacts()
      for (const [place, name] of names.entries()) addFact(facts, name, customer.values[place])
      for (const field of profile) addFact(facts, `customer.${field}`, customer[field])
      return evaluate(parsed, facts)
    },
  }
}

type Facts = Record<string, Map<string, number | string>>

/** Adds a fact; unknown values are left out. */
function addFact(facts: Facts, field: string, value: number | string | null | undefined): void {
  if (value === null || value === undefined || Number.isNaN(value)) return
  const [set, name] = field.split('.') as [string, string]
  facts[set]!.set(name, value)
}

const sets = [...new Set(customerFeatures.names.map((name) => name.split('.')[0]!)), 'customer']

function emptyFacts(): Facts {
  return Object.fromEntries(sets.map((set) => [set, new Map()]))
}

function evaluate(holds: (facts: object) => unknown, facts: object): boolean | undefined {
  try {
    return holds(facts) === true
  } catch (error) {
    if (error instanceof EvaluationError) return undefined
    throw error
  }
}
