/** Thrown for a form that can't be read. */
export class FormError extends Error {
  override readonly name = 'FormError'
}

type Fields = { [name: string]: string | Fields }
type FormValue = string | readonly FormValue[] | { readonly [name: string]: FormValue }

const FIELDS_MAX = 10_000
const DEPTH_MAX = 16

/**
 * Parses a form with nested names as PHP writes them: `leads[status][0][id]=1`. Fields numbered from 0 without a gap
 * become a list, and `name[]` adds to one. Throws `FormError`.
 */
export function formFields(text: string): FormValue {
  const root: Fields = {}
  let count = 0
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > FIELDS_MAX) throw new FormError(`It has more than ${FIELDS_MAX} fields.`)
    put(root, pathOf(name), value, name)
  }
  return withLists(root)
}

/** Splits `a[b][0]` into its names; a name in another form is taken as it is. */
function pathOf(name: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
  if (match === null) return [name]
  const path = [match[1]!, ...[...match[2]!.matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part!)]
  if (path.length > DEPTH_MAX) throw new FormError(`A field is nested more than ${DEPTH_MAX} levels deep.`)
  return path
}

function put(root: Fields, path: readonly string[], value: string, name: string): void {
  let fields = root
  for (const [at, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(fields).length) : part
    if (key === '__proto__') throw new FormError('__proto__ is not allowed as a name.')
    const held = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (at === path.length - 1) {
      if (held !== undefined) throw new FormError(`The field ${JSON.stringify(name)} occurs twice.`)
      fields[key] = value
    } else if (typeof held === 'string') {
      throw new FormError(`The field ${JSON.stringify(name)} is below one that has a value.`)
    } else fields = held ?? (fields[key] = {})
  }
}

function withLists(fields: Fields): FormValue {
  const entries = Object.entries(fields).map(([name, value]) => [name, nested(value)] as const)
  const isList = entries.length > 0 && entries.every(([name], at) => name === String(at))
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

function nested(value: string | Fields): FormValue {
  return typeof value === 'string' ? value : withLists(value)
}
