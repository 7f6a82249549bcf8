import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/** What is wrong with a part of a request, and where. */
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
    super(`The ${part} is not as it must be.`)
    this.part = part
    this.problems = problems
  }
}

const words: Readonly<Record<string, string>> = { querystring: 'query', params: 'path', body: 'body', headers: 'headers' }

/** Texts of the URL become the numbers and truth values that the schema names; a body is taken as it is. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const validator = Compile(schema)
  return (data: unknown) => {
    const value = httpPart === 'body' ? data : validator.Convert(validator.Default({ ...(data as object) }))
    const problems = validator.Check(value) ? nulCharacters(value, '') : validator.Errors(value).flatMap(problemsOf)
    return problems.length === 0 ? { value } : { error: new PartError(words[httpPart] ?? httpPart, problems) }
  }
}

type SchemaError = ReturnType<Validator['Errors']>[number]

/** In words of the one who sent it, at the place where it is wrong. */
function problemsOf({ keyword, instancePath: path, params, message }: SchemaError): PartProblem[] {
  const { requiredProperties = [], allowedValues = [] } = params as {
    readonly requiredProperties?: readonly string[]
    readonly allowedValues?: readonly unknown[]
  }
  switch (keyword) {
    case 'required':
      return requiredProperties.map((name) => ({ path: `${path}/${name}`, problem: 'It is missing.' }))
    case 'boolean':
      return [{ path, problem: 'There is nothing of that name here.' }]
    case 'additionalProperties':
      // Each of them is told at its own place.
      return []
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
  return Object.entries(value).flatMap(([name, inner]) => nulCharacters(inner, `${path}/${name}`))
}
