/** Well-formed HTML, made only by `markup`. */
export interface Markup {
  readonly html: string
}

type Part = Markup | string | number | readonly Part[] | null

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** Builds HTML. Every value is escaped unless it is `Markup` itself, so forgetting to escape is safe. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return {
    html: literals.reduce((html, literal, i) => html + literal + (i < parts.length ? htmlOf(parts[i]!) : ''), ''),
  }
}

function htmlOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  return 'html' in part ? part.html : part.map(htmlOf).join('')
}
