import { readFileSync } from 'node:fs'
import { declaredState } from '../../../composition/declared-state.ts'
import {
  releaseState,
  ENGINE,
  stateSourceOf,
  type DeclaredState,
  type StateKind,
} from '../../../schemas/release/release-state.ts'
import { releasedState } from '../../../schemas/release/released-state.ts'
import { documented, int, nullable, record, string } from '../../../schemas/avro/schema.ts'

const Note = record('Note', '', { text: string })
const Wider = record('Note', '', { text: string, device: nullable(string) })
const Narrower = record('Note', '', {})
const Broken = record('Note', '', { text: string, count: int })

const numbers = (name: string, slots: number): StateKind => ({ name, slots })
const kind = (name: string, schema: { readonly avro: unknown }): StateKind => ({ name, schema })
const declared = (state: StateKind[], decisionState: StateKind[] = [], version = 1): DeclaredState[] => [
  { processor: 'noting', version, state, decisionState },
]

const { formats: first } = releaseState([], declared([kind('notes', Note), numbers('totals', 3)], [numbers('last', 1)]))
const whys = (state: StateKind[], decisionState = [numbers('last', 1)]) =>
  releaseState(first, declared(state, decisionState)).refusals

test('each kind of a processor gets its first revision, and released formats are unchanged', () => {
  expect(first.map(({ kind, part, revision, slots }) => [kind, part, revision, slots])).toEqual([
    ['notes', 'state', 1, undefined],
    ['totals', 'state', 1, 3],
    ['last', 'decisionState', 1, 1],
  ])
  const worded = record('Note', 'A note.', { text: documented('Its text.', string) })
  const again = releaseState(first, declared([kind('notes', worded), numbers('totals', 3)], [numbers('last', 1)]))
  expect(again).toEqual({ formats: first, added: [], refusals: [] })
})

test('a field that may be missing is a new revision of the same version', () => {
  const { added, refusals } = releaseState(
    first,
    declared([kind('notes', Wider), numbers('totals', 3)], [numbers('last', 1)]),
  )
  expect(refusals).toEqual([])
  expect(added).toMatchObject([{ processor: 'noting', version: 1, kind: 'notes', revision: 2 }])
})

test('a change that stored records don’t survive, forwards or back, is refused', () => {
  expect(whys([kind('notes', Broken), numbers('totals', 3)])).toEqual([
    'notes of noting@1: revision 1 can’t be read with the new schema: Note.count: is not written and has no default.',
  ])
  expect(whys([kind('notes', Narrower), numbers('totals', 3)])).toEqual([
    'notes of noting@1: revision 1 can’t read what the new schema writes: Note.text: is not written and has no default.',
  ])
  expect(whys([kind('notes', Note), numbers('totals', 4)])).toEqual([
    'totals of noting@1: records of revision 1 are 3 numbers, but 4 now.',
  ])
  expect(whys([numbers('notes', 2), kind('totals', Note)])).toHaveLength(2)
})

test('the state of folds is the same within a version; that of decisions may be added and removed', () => {
  expect(whys([kind('notes', Note), numbers('totals', 3), numbers('more', 1)])).toEqual([
    'more of noting@1: stored state of this version has no such records.',
  ])
  expect(whys([kind('notes', Note)])).toEqual(['totals of noting@1: folds no longer keep such records.'])
  expect(whys([kind('notes', Note), numbers('totals', 3)], [numbers('other', 2)])).toEqual([])
})

test('a new version may differ in any way', () => {
  const { added, refusals } = releaseState(first, declared([kind('notes', Broken), numbers('other', 9)], [], 2))
  expect(refusals).toEqual([])
  expect(added.map(({ version, revision }) => [version, revision])).toEqual([
    [2, 1],
    [2, 1],
  ])
})

test('the shell’s kinds may come and go, and keep what their names mean', () => {
  const shell = (state: StateKind[]): DeclaredState[] => [{ processor: ENGINE, version: 0, state, decisionState: [] }]
  const { formats } = releaseState([], shell([kind('~position', Note), numbers('~seen', 0)]))
  expect(releaseState(formats, shell([kind('~position', Wider), numbers('~ids', 8)])).refusals).toEqual([])
  expect(releaseState(formats, shell([numbers('~seen', 2)])).refusals).toEqual([
    '~seen of the shell: records of revision 1 are 0 numbers, but 2 now.',
  ])
})

/**
 * Fails after a change of state. Raise the version of the processor, or make a change that stored records survive; then
 * run `node generators/release-schemas.ts`.
 */
test('the state of every processor is released, and stored records survive every change since', () => {
  expect(releaseState(releasedState, declaredState)).toEqual({ formats: releasedState, added: [], refusals: [] })
})

test('the generated source equals the file in the repository, line for line', () => {
  const text = readFileSync(new URL('../../../schemas/release/released-state.ts', import.meta.url), 'utf8')
  expect(text).toBe(stateSourceOf(releasedState))
})
