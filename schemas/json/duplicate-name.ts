const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * Returns where an object repeats a name in a text that is known to be JSON, as a JSON Pointer (RFC 6901); undefined if
 * none does. JSON.parse silently keeps the last of such values.
 */
export function duplicateName(json: string): string | undefined {
  const open: { names: Set<string> | undefined; here: string | number; nameNext: boolean }[] = []
  for (let at = 0; at < json.length; at++) {
    const top = open.at(-1)
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const from = at
        for (at++; json.charCodeAt(at) !== QUOTE; at++) if (json.charCodeAt(at) === BACKSLASH) at++
        if (top?.nameNext !== true) break
        const name = JSON.parse(json.slice(from, at + 1)) as string
        top.here = name
        top.nameNext = false
        if (top.names!.has(name)) return open.map(({ here }) => `/${escaped(String(here))}`).join('')
        top.names!.add(name)
        break
      }
      case COMMA:
        if (top!.names === undefined) top!.here = (top!.here as number) + 1
        else top!.nameNext = true
        break
      case OPEN_BRACE:
        open.push({ names: new Set(), here: '', nameNext: true })
        break
      case OPEN_BRACKET:
        open.push({ names: undefined, here: 0, nameNext: false })
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop()
    }
  }
  return undefined
}

/** Whether the value that JSON.parse made of the text has fewer names than the text: a quick check for duplicates. */
export function hasLostNames(json: string, value: unknown): boolean {
  return namesIn(json) !== namesOf(value)
}

/** Escapes a name as a part of a JSON Pointer. */
export function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function namesIn(json: string): number {
  let names = 0
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at)
    if (character === COLON) names++
    else if (character === QUOTE)
      for (at++; json.charCodeAt(at) !== QUOTE; at++) if (json.charCodeAt(at) === BACKSLASH) at++
  }
  return names
}

function namesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let names = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) names += namesOf(inner)
  return names
}
