import { readFile } from 'node:fs/promises'
import { parseJson } from '../../files/json-text.ts'
import { defaultPolicy, VISIT_POLICY } from '../../processors/visits/default-policy.ts'
import { validatePolicy } from '../../processors/visits/policies/policy-faults.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { policies } from '../../schemas/visits/policies.ts'
import type { AppliedPolicy } from './apply-policy.ts'

/** Fields of an API response that are not part of the policy. */
const NOT_SET = ['history', 'changedAt', 'warnings']

/**
 * Reads a policy in the format of `PUT` or `GET /policies/visit-assessment`. Without `rules` the default ones apply.
 * Throws with all its faults.
 */
export async function readPolicy(file: string): Promise<AppliedPolicy> {
  let json: unknown
  try {
    json = parseJson(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`The policy ${file} can’t be read: ${(error as Error).message}`, { cause: error })
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error(`The policy ${file} must be a JSON object.`)
  const given = Object.fromEntries(Object.entries(json).filter(([field]) => !NOT_SET.includes(field)))
  const frame = { id: '-', occurredAt: 0, source: '', name: VISIT_POLICY, version: 0, changedBy: '' }
  const read = fromJson(policies, { ...frame, rules: defaultPolicy.rules, ...given })
  const problems = read.ok ? [] : read.problems.map(({ path, problem }) => `${path}: ${problem}`)
  const fault = read.ok ? validatePolicy(read.value) : problems.join(' ')
  if (fault !== undefined || !read.ok) throw new Error(`The policy ${file} does not hold together: ${fault}`)
  return read.value
}
