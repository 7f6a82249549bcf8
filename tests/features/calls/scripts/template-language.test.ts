import { parseTemplate, TemplateError } from '../../../../features/calls/scripts/template-language.ts'

const said = (text: string, values: object = {}, spokenAs: 'text' | 'markup' = 'text') =>
  parseTemplate(text, spokenAs).render(values)

test.each([
  ['Hello {{ name }}', { name: 'Ada' }, 'Hello Ada'],
  ['Hello\n  {{ name }} !', { name: 'Ada' }, 'Hello Ada !'],
  ['{% if name %}Hello {{ name }}{% else %}Hello{% endif %}', {}, 'Hello'],
  ['{% if interest and interest_id != product_id %}More{% endif %}', { interest: 'x', interest_id: 'x' }, 'More'],
  ['{{ advantages | join: ", " }}', { advantages: ['a', 'b'] }, 'a, b'],
  ['{{ advantages }}', { advantages: ['a', 'b'] }, 'a, b'],
  ['{{ name | default: "you" }}', {}, 'you'],
  ['{% assign who = name | upcase %}{{ who }}', { name: 'Ada' }, 'ADA'],
])('%s is said', (text, values, expected) => {
  expect(said(text, values)).toBe(expected)
})

test.each([
  ['Hello {{ name }}', {}],
  ['Hello {{ name }}', { name: '' }],
  ['Hello {{ name }}', { name: ' ' }],
  ['{{ advantages | join: ", " }}', { advantages: [] }],
  ['{{ name | default: "" }}', {}],
  ['{{ "Dear " | append: name }}', {}],
  ['{% assign who = name %}{{ who }}', {}],
])('%s with %j leaves no empty slot', (text, values) => {
  expect(said(text, values)).toBeUndefined()
})

test.each([
  ['{% for i in (1..100000000) %}x{% endfor %}', /tag "for" not found/],
  ['{% include "/etc/passwd" %}', /tag "include" not found/],
  ['{% render "x" %}', /tag "render" not found/],
  ['{% layout "x" %}', /tag "layout" not found/],
  ['{% tablerow i in (1..9) %}{% endtablerow %}', /tag "tablerow" not found/],
  ['{% increment x %}', /tag "increment" not found/],
  ['{{ name | date: "%s" }}', /undefined filter: date/],
  ['{{ name | sample }}', /undefined filter: sample/],
  ['{{ name ', /not closed/],
  ['{% if %}x{% endif %}', /invalid value expression/],
  ['{% if name %}x', /not closed/],
  ['x'.repeat(5_000), /parse/],
])('%s is refused', (text, reason) => {
  expect(() => parseTemplate(text, 'text')).toThrow(TemplateError)
  expect(() => parseTemplate(text, 'text')).toThrow(reason)
})

test('only own properties are read, and memory is bounded', () => {
  expect(said('{{ name.constructor }}', { name: 'Ada' })).toBeUndefined()
  expect(said('{{ constructor }}', {})).toBeUndefined()
  expect(said('{{ __proto__ }}', {})).toBeUndefined()
  const growing = '{% assign a = "0123456789" %}' + '{% assign a = a | append: a | append: a %}'.repeat(30) + '{{ a }}'
  expect(() => said(growing)).toThrow(TemplateError)
})

test('values are never parsed as templates, and are escaped where the output is markup', () => {
  const name = '{{ agent }} {% if x %} <break time="9s"/> & \'"'
  expect(said('{{ name }}', { name, agent: 'Mary' })).toBe(name)
  expect(said('<s>{{ name }}</s>', { name }, 'markup')).toBe(
    '<s>{{ agent }} {% if x %} &lt;break time=&quot;9s&quot;/&gt; &amp; &apos;&quot;</s>',
  )
})
