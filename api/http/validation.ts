import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { NOT_BLANK } from '../../schemas/rules.ts'
import { identifier } from '../../schemas/avro/schema.ts'
import { NO_NUL } from './schema-parts.ts'

/** A problem in a part of a request, with its path. */
export interface PartProblem {
  /** A JSON Pointer (RFC 6901) into that part. */
  readonly path: string
  readonly problem: string
}

/** All that is wrong with a part of a request: the body, the query, a parameter. */
export class PartError extends Error {
  override readonly name = 'PartError'
  readonly part: string
  readonly problems: readonly PartProblem[]

  constructor(part: string, problems: readonly PartProblem[]) {
    super(`The ${part} is invalid.`)
    this.part = part
    this.problems = problems
  }
}

const words: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
}

/**
 * Texts of the URL become the numbers and truth values that the schema names; a body is taken as it is. Headers are
 * described only: their routes say what is wrong with them, each with a status of its own.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  if (httpPart === 'headers') return () => true
  const validator = Compile(schema)
  return (data: unknown) => {
    const value = httpPart === 'body' ? data : converted(schema, validator.Default({ ...(data as object) }))
    const problems = validator.Check(value) ? nulCharacters(value, '') : validator.Errors(value).flatMap(problemsOf)
    return problems.length === 0 ? { value } : { error: new PartError(words[httpPart] ?? httpPart, problems) }
  }
}

/** As JSON writes numbers. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const truths: Readonly<Record<string, boolean>> = { true: true, false: false }

/** A value that can't be parsed as its type stays a string, and is rejected as one. */
function converted(schema: TSchema, data: unknown): unknown {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, { readonly type?: string }>> }
  return Object.fromEntries(
    Object.entries(data as Readonly<Record<string, unknown>>).map(([name, text]) => {
      const type = Object.hasOwn(properties, name) ? properties[name]!.type : undefined
      if (typeof text !== 'string') return [name, text]
      if (type === 'boolean' && Object.hasOwn(truths, text)) return [name, truths[text]]
      if ((type === 'integer' || type === 'number') && NUMBER.test(text)) return [name, Number(text)]
      return [name, text]
    }),
  )
}

type SchemaError = ReturnType<Validator['Errors']>[number]

/** The forbidden characters of a string, by the pattern that it does not match. */
const wordsOfPatterns: Readonly<Record<string, string>> = {
  [NO_NUL]: 'It contains a NUL character.',
  [String(identifier.json!['pattern'])]: 'It contains a control character.',
  [NOT_BLANK]: 'It is blank, or contains a NUL character.',
}

/** In words of the one who sent it, at the place where it is wrong. */
function problemsOf({ keyword, instancePath: path, params, message }: SchemaError): PartProblem[] {
  const {
    requiredProperties = [],
    allowedValues = [],
    pattern = '',
  } = params as {
    readonly requiredProperties?: readonly string[]
    readonly allowedValues?: readonly unknown[]
    readonly pattern?: string | RegExp
  }
  switch (keyword) {
    case 'required':
      return requiredProperties.map((name) => ({ path: `${path}/${name}`, problem: 'It is missing.' }))
    case 'boolean':
      return [{ path, problem: 'There is no such parameter or field.' }]
    case 'additionalProperties':
    case 'propertyNames':
      // Each is reported at its own path.
      return []
    case 'pattern':
      return [{ path, problem: wordsOfPatterns[String(pattern)] ?? `It ${message}.` }]
    case 'enum':
      return [{ path, problem: `It must be one of ${allowedValues.join(', ')}.` }]
    default:
      return [{ path, problem: `It ${message}.` }]
  }
}

/** PostgreSQL takes no NUL character in a text: such a text names nothing and can't be kept. */
function nulCharacters(value: unknown, path: string): PartProblem[] {
  if (typeof value === 'string') return value.includes('\0') ? [{ path, problem: 'It contains a NUL character.' }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name.includes('\0')
      ? [{ path: `${path}/${name}`, problem: 'Its name contains a NUL character.' }]
      : nulCharacters(inner, `${path}/${name}`),
  )
}
