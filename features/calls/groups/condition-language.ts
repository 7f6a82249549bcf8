import { Environment, type ParseResult } from '@marcbachmann/cel-js'
import { customerFeatures } from '../../customers/customer.ts'

/** Profile fields that a condition may use besides features. */
export const PROFILE_FIELDS = ['segment', 'residence'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** Without loops over lists and regular expressions, the length of a condition bounds its cost. */
const FUNCTIONS = [
  'contains',
  'double',
  'endsWith',
  'has',
  'int',
  'lowerAscii',
  'size',
  'startsWith',
  'string',
  'upperAscii',
]
const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 0, maxCallArguments: 2 }

/** Thrown for a condition that can’t be used; the message says why. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'

  constructor(reason: string, options?: ErrorOptions) {
    super(`The condition can’t be used: ${reason}`, options)
  }
}

const environment = conditionEnvironment()

/** Parses and type-checks a condition over customers. Throws `ConditionError` if it is invalid. */
export function parseCondition(text: string): ParseResult {
  const parsed = wrapErrors(() => environment.parse(text))
  const other = callsOf(parsed.ast).find((name) => !FUNCTIONS.includes(name))
  if (other !== undefined)
    throw new ConditionError(`${other}() is not available in conditions. There are: ${FUNCTIONS.join(', ')}.`)
  const { valid, type, error } = parsed.check()
  if (!valid) throw conditionError(error)
  if (type !== 'bool')
    throw new ConditionError(`It is a ${type}, where true or false is needed: compare it with something.`)
  return parsed
}

function conditionEnvironment(): Environment {
  const sets = new Map<string, Record<string, string>>()
  for (const feature of customerFeatures.names) {
    const [set, name] = feature.split('.') as [string, string]
    sets.set(set, { ...sets.get(set), [name]: 'double' })
  }
  const built = new Environment({ limits: LIMITS })
  for (const [name, schema] of sets) built.registerVariable({ name, schema })
  const schema = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, 'string']))
  return built.registerVariable({ name: 'customer', schema })
}

function wrapErrors<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw conditionError(error)
  }
}

function conditionError(error: unknown): ConditionError {
  const [reason] = (error as Error).message.split('\n')
  const hint = /double .* int|int .* double/.test(reason!)
    ? ' (features are numbers with a decimal point: write 5.0, not 5)'
    : ''
  return new ConditionError(`${reason}${hint}`, { cause: error })
}

interface AstNode {
  readonly op: string
  readonly args: unknown
}

/** Yields a node and all its descendants. */
function* nodesOf(node: unknown): Generator<AstNode> {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one)
  if (typeof node !== 'object' || node === null || !('op' in node)) return
  yield node as AstNode
  yield* nodesOf((node as AstNode).args)
}

function callsOf(root: AstNode): string[] {
  return [...nodesOf(root)].flatMap(({ op, args }) => (op === 'call' || op === 'rcall' ? [(args as [string])[0]] : []))
}

/** Returns the fields that a condition reads, as `set.name`. */
export function fieldsOf(root: AstNode): string[] {
  return [...nodesOf(root)].flatMap(({ op, args }) => {
    if (op !== '.') return []
    const [set, name] = args as [AstNode, string]
    return set.op === 'id' ? [`${String(set.args)}.${name}`] : []
  })
}
