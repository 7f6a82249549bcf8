import fc from 'fast-check'
import { compileMapping, mappingFault } from '../../../webhooks/mapping/compile-mapping.ts'

test('a mapping returns plain JSON, and undefined for nothing', async () => {
  const mapping = compileMapping('$[kind = "deal"].{"id": id, "price": $numeric(price)}')
  const deals = [
    { kind: 'deal', id: 1, price: '12.50' },
    { kind: 'deal', id: 2, price: '' },
  ]
  expect(await mapping.evaluate([...deals, { kind: 'task' }])).toEqual([
    { id: 1, price: 12.5 },
    { id: 2, price: null },
  ])
  expect(await mapping.evaluate([{ kind: 'task' }])).toBeUndefined()
})

test.each([
  ['{"id": ', /end of expression/],
  ['$match(name, /(a+)+$/)', /Regular expressions/],
  ['{"at": $now()}', /\$now is not allowed/],
  ['$map($, $millis)', /\$millis/],
  ['( $f := $eval; $f(text) )', /\$eval/],
  ['{"id": $random()}', /\$random/],
  ['$distinct(items)', /\$distinct/],
  ['('.repeat(50_000), /nested too deep|end of expression|Expected/],
])('%.30s is refused when it is saved', (text, reason) => expect(mappingFault(text)).toMatch(reason))

test.each([
  ['an endless loop', '( $f := function($n) { $f($n + 1) }; $f(0) )', {}, /took longer/],
  ['deep recursion', '( $f := function($n) { 1 + $f($n + 1) }; $f(0) )', {}, /levels deep/],
  ['a long range', '[1..9999999]', {}, /more than 10000 values|size/],
  ['a huge text', '$pad("x", 1000000000)', {}, /width of \$pad/],
  ['an error of the author', '$error("no such stage")', {}, /no such stage/],
])('%s ends with a reason', async (_, text, payload, reason) => {
  const startedAt = performance.now()
  await expect(compileMapping(text).evaluate(payload)).rejects.toThrow(reason)
  // Far above the limit of 250 ms, since the machine may be busy, and far below an evaluation without limit.
  expect(performance.now() - startedAt).toBeLessThan(20_000)
})

test('payloads can’t reach prototypes or the host', async () => {
  const mapping = compileMapping(
    '[constructor, __proto__, toString, $lookup($, "constructor"), $lookup($, "__proto__")]',
  )
  expect(await mapping.evaluate({ a: 1 })).toEqual([])
})

test('whatever the payload, a mapping returns JSON or rejects with a reason', async () => {
  const mapping = compileMapping('items.{"id": $text(id), "at": $time(at, "Asia/Shanghai"), "sum": $minor(sum, "CNY")}')
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const payload = { items: [{ id: value, at: '2024-05-01', sum: '1' }] }
      const outcome = await mapping.evaluate(payload).catch((error: unknown) => error)
      expect(outcome instanceof Error ? outcome.name : JSON.stringify(outcome)).toEqual(expect.any(String))
      if (outcome instanceof Error) expect(outcome.name).toBe('MappingError')
    }),
    { numRuns: 100 },
  )
})
