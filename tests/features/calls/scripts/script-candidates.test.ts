import {
  scriptCandidates,
  type OfferedTemplate,
  type ScriptRequest,
} from '../../../../features/calls/scripts/script-candidates.ts'

const template = (name: string, changes: Partial<OfferedTemplate> = {}): OfferedTemplate => ({
  ...{ name, version: 1, language: 'en', products: [], groups: [], retired: false },
  ...changes,
})
const choose = (templates: readonly OfferedTemplate[], groups: string[] = [], changes: Partial<ScriptRequest> = {}) => {
  const { candidates, ...rest } = scriptCandidates(templates, {
    ...{ language: 'en', groupOrder: [], isIn: (group: string) => groups.includes(group), isWorse: () => false },
    ...changes,
  })
  return { ...rest, names: candidates.map(({ name }) => name) }
}

test('templates for everybody, and those for a group of the customer, in order of their names', () => {
  const all = [template('young', { groups: ['young'] }), template('all'), template('old', { groups: ['old', 'rich'] })]
  expect(choose(all)).toEqual({ names: ['all'], targetGroup: null, lack: undefined })
  expect(choose(all, ['young'])).toMatchObject({ names: ['all', 'young'], targetGroup: 'young' })
  expect(choose(all, ['rich', 'young', 'other'])).toMatchObject({ names: ['all', 'old', 'young'], targetGroup: 'rich' })
})

test('a customer in several groups counts for the first by the policy’s order, otherwise by name', () => {
  const all = [template('one', { groups: ['a', 'b', 'c'] })]
  expect(choose(all, ['c', 'b'])).toMatchObject({ targetGroup: 'b' })
  expect(choose(all, ['c', 'b'], { groupOrder: ['a', 'c', 'b'] })).toMatchObject({ targetGroup: 'c' })
})

test('templates for another language or product, or no longer in use, are left out', () => {
  const all = [
    template('chinese', { language: 'zh' }),
    template('card', { products: ['card'] }),
    template('any'),
    template('gone', { retired: true, groups: ['g'] }),
  ]
  expect(choose(all, ['g'])).toEqual({ names: ['any', 'card'], targetGroup: null, lack: undefined })
  expect(choose(all, [], { product: 'loan' })).toMatchObject({ names: ['any'] })
})

test('a script that was found worse for a group is left out for it alone', () => {
  const all = [template('a', { groups: ['g'] }), template('b')]
  const isWorse: ScriptRequest['isWorse'] = ({ name }, group) => name === 'b' && group === 'g'
  expect(choose(all, ['g'], { isWorse })).toMatchObject({ names: ['a'] })
  expect(choose(all, [], { isWorse })).toMatchObject({ names: ['b'] })
})

test('without a candidate, the reason and what to do are given', () => {
  expect(choose([template('a')], [], { language: 'de' }).lack).toBe(
    'No template in de is in use: add one with PUT /script-templates/{name}.',
  )
  expect(choose([template('a', { products: ['card'] })], [], { product: 'loan' }).lack).toBe(
    'No template in en that is for the product loan is in use: add one with PUT /script-templates/{name}.',
  )
  expect(choose([template('a', { groups: ['g'] })]).lack).toMatch(/for target groups that the customer is not known/)
  expect(choose([template('a')], [], { isWorse: () => true }).lack).toMatch(
    /^a: found worse .*POST \/script-retirements/,
  )
})
