/**
 * Writes the page's English names of features, and their units, from the definitions in features/. Run as
 * `node generators/feature-words.ts`.
 */
import { writeFileSync } from 'node:fs'
import { catalogueOf } from '../features/catalogue.ts'
import { namedAfter, shortNames } from '../features/short-names.ts'
import { featureSets } from '../subjects/subjects.ts'

const catalogue = catalogueOf(featureSets)
const WRITTEN = '// Written by `node generators/feature-words.ts` from the definitions in features/.'

/** Units by name; features of several windows or groups have one entry, without them. */
function units(): Record<string, string> {
  return Object.fromEntries(catalogue.map(({ name, unit, hashed }) => [plainName(name, hashed), unit]))
}

function names(): Record<string, string> {
  const hashed = catalogue.flatMap(({ name, hashed: words }) =>
    words === undefined ? [] : [[plainName(name, words), `${words} {names}`]],
  )
  return { ...shortNames, ...Object.fromEntries(hashed) }
}

const plainName = (name: string, hashed: string | undefined): string =>
  hashed === undefined ? namedAfter(name).plain : name.replace(/\d+$/, '#')

/** Returns the text of a generated file of the page. */
export function featureWords(file: 'names' | 'units'): string {
  const [entries, declared] =
    file === 'names'
      ? [names(), 'export const features =']
      : [units(), 'export const featureUnits: Readonly<Record<string, string>> =']
  const lines = Object.entries(entries).map(([name, text]) => `  '${name}': '${text}',`)
  return `${WRITTEN}\n${declared} {\n${lines.join('\n')}\n}\n`
}

if (import.meta.main) {
  const folder = new URL('../dashboard/src/words/', import.meta.url)
  writeFileSync(new URL('en/features.ts', folder), featureWords('names'))
  writeFileSync(new URL('feature-units.ts', folder), featureWords('units'))
}
