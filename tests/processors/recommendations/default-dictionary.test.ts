import { defaultDictionary } from '../../../processors/recommendations/default-dictionary.ts'
import { dictionaries, stages } from '../../../schemas/recommendations/dictionary.ts'
import { fromJson, toJson } from '../../../schemas/json/json-event.ts'
import { interestCategories, wishes } from '../../../simulator/recommendations/wishes.ts'

const { needs, characteristics } = defaultDictionary

test('it is a good dictionary: distinct ids, needs that there are, advice for each stage', () => {
  expect(fromJson(dictionaries, toJson(dictionaries, defaultDictionary))).toMatchObject({ ok: true })
  expect(new Set(needs.map(({ id }) => id)).size).toBe(needs.length)
  expect(new Set(characteristics.map(({ id }) => id)).size).toBe(characteristics.length)
  const known = needs.map(({ id }) => id)
  for (const { id, needs: answered, advice } of characteristics) {
    expect([id, answered.length > 0, answered.filter((need) => !known.includes(need))]).toEqual([id, true, []])
    expect([id, Object.keys(advice), new Set(Object.values(advice)).size]).toEqual([id, [...stages], stages.length])
  }
  const answered = new Set(characteristics.flatMap(({ needs: of }) => of))
  expect(known.filter((id) => !answered.has(id))).toEqual([])
})

test('the simulated world speaks of the same characteristics and categories', () => {
  expect(Object.keys(wishes).sort()).toEqual(characteristics.map(({ id }) => id).sort())
  expect(new Set(needs.map(({ category }) => category))).toEqual(new Set(Object.values(interestCategories)))
})
