import fc from 'fast-check'
import { Type } from 'typebox'
import { masked, MASKED_TEXT, maskOf } from '../../../api/access/mask.ts'
import { personal } from '../../../api/http/personal.ts'
import { nullable } from '../../../api/http/schema-parts.ts'
import { personalKinds, type PersonalKind } from '../../../schemas/persons.ts'

const Item = Type.Object({
  id: Type.String(),
  name: personal('names', nullable(Type.String())),
  birthYear: personal('profile', nullable(Type.Integer())),
  attributes: personal('profile', Type.Record(Type.String(), Type.String())),
  places: personal('contact', Type.Array(Type.Object({ latitude: Type.Number() }))),
  visit: Type.Union([Type.Object({ id: Type.String(), text: personal('texts', Type.String()) }), Type.Null()]),
  byTask: Type.Record(Type.String(), Type.Object({ text: personal('texts', Type.String()) })),
})
const mask = maskOf(Type.Object({ items: Type.Array(Item), next: nullable(Type.String()) }))
const item = {
  id: 'c-1',
  name: 'Li',
  birthYear: 1980,
  attributes: { occupation: 'shopkeeper' },
  places: [{ latitude: 30 }],
  visit: { id: 'v', text: 'wants a loan' },
  byTask: { conversion: { text: 'wants a loan' } },
}
const answer = { items: [item, { ...item, name: null, visit: null }], next: null }

test('each kind is masked wherever it is, by a value that fits the schema', () => {
  expect(masked(answer, mask, new Set(personalKinds))).toEqual({
    items: [
      {
        ...{ id: 'c-1', name: MASKED_TEXT, birthYear: null, attributes: {}, places: [] },
        visit: { id: 'v', text: MASKED_TEXT },
        byTask: { conversion: { text: MASKED_TEXT } },
      },
      {
        ...{ id: 'c-1', name: null, birthYear: null, attributes: {}, places: [] },
        visit: null,
        byTask: { conversion: { text: MASKED_TEXT } },
      },
    ],
    next: null,
  })
})

test('other kinds stay as they are, and the answer itself is not changed', () => {
  const before = structuredClone(answer)
  const shown = masked(answer, mask, new Set<PersonalKind>(['names'])) as typeof answer
  expect(answer).toEqual(before)
  expect(shown.items[0]).toEqual({ ...item, name: MASKED_TEXT })
})

test('whatever the texts are, none is left', () => {
  const text = fc.string({ minLength: 4 }).map((one) => `§${one}`)
  fc.assert(
    fc.property(text, text, fc.dictionary(fc.string(), text), (name, said, attributes) => {
      const full = {
        items: [{ ...item, name, attributes, visit: { id: 'v', text: said }, byTask: { x: { text: said } } }],
      }
      expect(JSON.stringify(masked(full, mask, new Set(personalKinds)))).not.toContain('§')
    }),
  )
})

test('a schema without personal fields needs no mask', () => {
  expect(maskOf(Type.Object({ id: Type.String() }))).toBeUndefined()
})

test('a field that could not be masked is refused when the route is defined', () => {
  expect(() => maskOf(Type.Object({ age: personal('profile', Type.Integer()) }))).toThrow('or null must be allowed')
})
