import { inOrder } from '../../runtimes/in-order.ts'

test('promises settle in the order in which they were added, and a rejected one does not hold up the others', async () => {
  const ordered = inOrder()
  const settled: string[] = []
  const first = Promise.withResolvers<string>()
  const second = Promise.withResolvers<string>()
  const all = [first.promise, second.promise, Promise.resolve('third')].map((work) =>
    ordered(work).then(
      (value) => settled.push(value),
      (error: Error) => settled.push(error.message),
    ),
  )
  second.reject(new Error('second'))
  await new Promise((resolve) => setImmediate(resolve))
  expect(settled).toEqual([])
  first.resolve('first')
  await Promise.all(all)
  expect(settled).toEqual(['first', 'second', 'third'])
})
