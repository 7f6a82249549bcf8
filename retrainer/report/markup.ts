/** Text that is known to be well-formed HTML, as nothing but `markup` makes it. */
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

/** HTML in which everything that is put in is escaped, unless it is markup itself: what is forgotten is safe. */
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
