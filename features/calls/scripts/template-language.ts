import { Liquid, type Template } from 'liquidjs'

/** Output format: plain text for a person or a voice, or markup (SSML) for a voice that reads it. */
export type OutputFormat = 'text' | 'markup'

const TAGS = ['assign', 'case', 'comment', 'if', 'unless']
const FILTERS = [
  ...['append', 'capitalize', 'default', 'downcase', 'first', 'join', 'last', 'prepend', 'replace', 'size', 'strip'],
  ...['truncatewords', 'upcase'],
]

/** Stands for a blank output; no value contains it (`cleanValues`). */
const NOTHING = '\u0000'

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

const engines: Readonly<Record<OutputFormat, Liquid>> = {
  text: liquid((text) => text),
  markup: liquid((text) => text.replace(/[&<>"']/g, (character) => MARKUP[character]!)),
}

/**
 * Creates a Liquid engine without loops, files, dates and randomness: the same values give the same text. Without
 * loops, the limits on length and memory bound the time too; a limit in milliseconds would refuse good templates on a
 * busy machine. Only own properties can be read.
 */
function liquid(escape: (text: string) => string): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    parseLimit: 4_000,
    memoryLimit: 100_000,
    outputEscape: (value) => {
      const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
      return text.trim() === '' ? NOTHING : escape(text)
    },
  })
  keepOnly(engine.tags, TAGS)
  keepOnly(engine.filters, FILTERS)
  return engine
}

function keepOnly(names: object, kept: readonly string[]): void {
  for (const name of Object.keys(names)) if (!kept.includes(name)) Reflect.deleteProperty(names, name)
}

/** A parsed template. */
export interface ParsedTemplate {
  /** Names of the values that the template uses. */
  readonly placeholders: readonly string[]
  /**
   * Renders the template. `undefined` if a value that it needs is missing; empty if it has nothing to say for these
   * values.
   */
  render(values: object): string | undefined
}

/** Thrown for a template that can’t be parsed or rendered; the message says why. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/** Parses a template. Throws `TemplateError` if it is invalid. */
export function parseTemplate(text: string, spokenAs: OutputFormat): ParsedTemplate {
  const engine = engines[spokenAs]
  const parsed = wrapErrors(() => engine.parse(text))
  return {
    placeholders: wrapErrors(() => engine.globalVariablesSync(parsed)),
    render: (values) => render(engine, parsed, values),
  }
}

function render(engine: Liquid, parsed: Template[], values: object): string | undefined {
  let rendered: string
  try {
    rendered = engine.renderSync(parsed, values) as string
  } catch (error) {
    if (isMissing(error)) return undefined
    throw templateError(error)
  }
  return rendered.includes(NOTHING) ? undefined : rendered.replace(/\s+/g, ' ').trim()
}

function isMissing(error: unknown): boolean {
  return (error as Error).name === 'UndefinedVariableError'
}

function wrapErrors<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw templateError(error)
  }
}

function templateError(error: unknown): TemplateError {
  return new TemplateError((error as Error).message.split('\n')[0]!, { cause: error })
}
