import { readinessOf, type Dependency } from '../../../composition/api/readiness.ts'

const part = { name: 'sink', trouble: () => undefined, stop: () => Promise.resolve() }
const toldOf = async (probe: Dependency['probe']) => (await readinessOf([{ part: 'postgres', probe }], [part]))[0]

test('a dependency that works with a restriction is ready, with a warning', async () => {
  const told = { part: 'postgres', ready: true, reason: null }
  expect(await toldOf(() => Promise.resolve('It takes no changes.'))).toEqual({
    ...told,
    warning: 'It takes no changes.',
  })
  expect(await toldOf(() => Promise.resolve(['any other answer']))).toEqual({ ...told, warning: null })
})

test('a failing part is not ready, with its reason', async () => {
  expect(await toldOf(() => Promise.reject(new Error('It is down.')))).toEqual({
    part: 'postgres',
    ready: false,
    reason: 'It is down.',
  })
})
