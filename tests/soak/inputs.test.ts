import { createInputs } from '../../soak/inputs.ts'

test('each acknowledged event is there, once unless it was resent', () => {
  const inputs = createInputs()
  for (const id of ['a', 'b', 'b', 'c']) inputs.take(id)
  expect(inputs.problems(3, new Set(['b']))).toEqual([])
  expect(inputs.problems(4, new Set(['b']))).toEqual(['4 events were acknowledged, 3 are in the input topics'])
  expect(inputs.problems(3, new Set())).toEqual(['event b was sent once and is 2 times in its topic'])
})
