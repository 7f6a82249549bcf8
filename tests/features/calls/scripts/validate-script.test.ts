import { validateScript } from '../../../../features/calls/scripts/validate-script.ts'
import type { ScriptPart } from '../../../../schemas/calls/script-templates.ts'

const part = (text: string, changes: Partial<ScriptPart> = {}): ScriptPart => ({
  ...{ id: 'a', text, simpler: null, fallback: null, required: false, answeredBy: [] },
  ...changes,
})
const faultOf = (text: string, changes: Partial<ScriptPart> = {}) =>
  validateScript({ parts: [part(text, changes)], answers: [] })

test.each([
  ['Hello', {}],
  ['Hello {{ name }}', { fallback: 'Hello' }],
  ['{% if name %}Hello {{ name }}{% else %}Hello{% endif %}', {}],
  ['{{ name | default: "Good day" }}', {}],
  ['{% if interest %}And {{ interest }}.{% endif %}', {}],
  ['{% if product_id == "insurance" %}And {{ product }}.{% endif %}', {}],
  ['This call is recorded.', { required: true }],
])('%s %j can be said to anybody', (text, changes) => {
  expect(faultOf(text, changes)).toBeUndefined()
})

test.each([
  ['Hello {{ name }}', {}, 'Part "a": Add a `fallback`: the text can’t be said where name is not known.'],
  [
    '{% if name %}{{ product }}{% endif %}',
    {},
    'Part "a": Add a `fallback`: the text can’t be said where product is not known.',
  ],
  ['{{ name | default: "" }}', {}, 'Part "a": Add a `fallback`: the text can’t be said where name is not known.'],
  [
    'Hello {{ nmae }}',
    { fallback: 'Hello' },
    'Part "a": `text`: There is no placeholder nmae. There are: name, segment, product, product_id, advantage, advantages, interest, interest_id, agent.',
  ],
  [
    '{% if name %}Hello{% endif %}',
    { required: true },
    'Part "a": Add a `fallback`: it is required, and its text depends on what is known of a customer.',
  ],
  ['{% comment %}x{% endcomment %}', { required: true }, 'Part "a": It is required, and says nothing.'],
])('%s %j is refused', (text, changes, fault) => {
  expect(faultOf(text, changes)).toBe(fault)
})

test('a text that is no template is named with the reason, in simpler words too', () => {
  expect(faultOf('{{ name')).toMatch(/^Part "a": `text`: This is no template that can be used: .*not closed/)
  expect(faultOf('x', { simpler: '{% include "x" %}' })).toMatch(/^Part "a": `simpler`: .*tag "include" not found/)
  const seven = ['name', 'segment', 'product', 'product_id', 'advantage', 'interest', 'agent']
  expect(faultOf(seven.map((name) => `{{ ${name} }}`).join(' '))).toMatch(/uses 7 placeholders, and 6 are the most/)
})

test('parts and answers are distinguished by name', () => {
  const answer = { objection: 'price', text: 'x', simpler: null, fallback: null } as const
  expect(validateScript({ parts: [], answers: [] })).toMatch(/says nothing/)
  expect(validateScript({ parts: [part('x'), part('y')], answers: [] })).toMatch(/Two parts have the id "a"/)
  expect(validateScript({ parts: [part('x')], answers: [answer, answer] })).toMatch(/price has two answers/)
  expect(validateScript({ parts: [part('x')], answers: [{ ...answer, text: '{{ x }}' }] })).toMatch(
    /^Answer to price: /,
  )
})
