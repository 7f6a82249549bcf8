/** Writes the tables of docs/personal-data.md from the statements. Run as `node generators/document-personal-data.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describePersons } from '../composition/personal-data/kept-records.ts'
import type { TablePersons } from '../store/persons.ts'
import { personTables, processors, topics } from '../subjects/subjects.ts'

const PAGE = new URL('../docs/personal-data.md', import.meta.url)
const [BEGIN, END] = ['<!-- generated: begin -->', '<!-- generated: end -->']

export function personalDataPage(page: string): string {
  const tables = [topicsTable(), databaseTable(), stateTable()].join('\n\n')
  return `${page.slice(0, page.indexOf(BEGIN))}${BEGIN}\n${tables}\n${page.slice(page.indexOf(END))}`
}

function topicsTable(): string {
  const rows = topics
    .filter(({ persons }) => persons?.by !== 'none')
    .map(({ name, retention, persons = { by: 'key' } }) => {
      if (retention === 'compacted')
        return `| \`${name}\` | ${describePersons(persons)} | until the topic is compacted after its tombstone or its next record |`
      const latest = retention.keepsLatest === true ? '; the latest until it is compacted after its tombstone' : ''
      return `| \`${name}\` | ${describePersons(persons)} | ${retention.days} days after it was written${latest} |`
    })
  return [
    '### Topics',
    '',
    '| topic | names a person by | holds a record of an erased person |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n')
}

function databaseTable(): string {
  const rows = Object.entries(personTables).map(([name, of]: [string, TablePersons]) => {
    if ('none' in of) return `| \`${name}\` | no people: ${of.none} | – |`
    return `| \`${name}\` | ${of.by} | ${of.change === undefined ? 'deletes the rows' : 'empties these values'} |`
  })
  return ['### Tables', '', '| table | names a person by | an erasure |', '| --- | --- | --- |', ...rows].join('\n')
}

function stateTable(): string {
  const rows = processors.flatMap(({ name, persons = { by: 'key' } }) => {
    if (persons.by !== 'kind')
      return [
        `| ${name} | all | ${describePersons(persons)} | ${persons.by === 'key' ? 'deletes all of the key' : '–'} |`,
      ]
    return Object.entries(persons.kinds).map(([kind, of]) =>
      'then' in of
        ? `| ${name} | ${kind} | ${of.fields.map((field) => `\`${field}\``).join(', ')} | ${of.then === 'delete' ? 'deletes the record' : 'puts `erased:` and the digest in its place'} |`
        : `| ${name} | ${kind} | ${describePersons(of)} | – |`,
    )
  })
  return [
    '### State and changelogs',
    '',
    '| processor | kind of record | names a person by | an erasure |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

if (import.meta.main) writeFileSync(PAGE, personalDataPage(readFileSync(PAGE, 'utf8')))
