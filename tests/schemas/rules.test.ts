import { alertKinds } from '../../schemas/customers/alerts.ts'
import { oneOf } from '../../schemas/rules.ts'

test('a name of a list is one of its spellings, and JSON Schema says so too', () => {
  const { rule, json } = oneOf(alertKinds)
  expect(alertKinds.every((kind) => rule!.holds(kind))).toBe(true)
  expect(rule!.holds('suspected-false' as never)).toBe(false)
  expect(rule!.description).toBe(`one of ${alertKinds.join(', ')}`)
  expect(json).toEqual({ enum: alertKinds })
})
