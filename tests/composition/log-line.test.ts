import { lineOf, plainFields } from '../../composition/log-line.ts'

test('a text line has the fields and the cause after the message', () => {
  expect(lineOf('It works')).toBe('It works')
  expect(lineOf('A model is released', { component: 'retrainer', task: 'intent', rows: 3, why: undefined })).toBe(
    'A model is released (task intent, rows 3)',
  )
  expect(lineOf('Topics', { names: ['a', 'b'], error: new RangeError('too many') })).toBe(
    'Topics (names ["a","b"]): RangeError: too many',
  )
})

test('fields that were serialised, as for another thread, give the same line', () => {
  const fields = { partition: 1, error: new Error('gone', { cause: new Error('reset') }) }
  const posted = structuredClone(plainFields(fields))
  expect(lineOf('It failed', posted)).toBe(lineOf('It failed', fields))
  expect(plainFields(posted)).toEqual(posted)
})
