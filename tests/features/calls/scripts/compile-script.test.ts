import fc from 'fast-check'
import { compileScript } from '../../../../features/calls/scripts/compile-script.ts'
import { SAMPLE, type ScriptValues } from '../../../../features/calls/scripts/placeholders.ts'
import { validateScript } from '../../../../features/calls/scripts/validate-script.ts'
import { defaultScripts } from '../../../../processors/calls/default-scripts.ts'

const wording = { simpler: null, fallback: null, required: false, answeredBy: [] }

test('parts are said in order, and empty ones are left out', () => {
  const script = compileScript(
    {
      parts: [
        { id: 'opening', ...wording, text: 'Hello {{ name }}', fallback: 'Hello', simpler: 'Hi {{ name }}' },
        { id: 'more', ...wording, text: '{% if interest %}And {{ interest }}{% endif %}' },
        { id: 'recorded', ...wording, text: '{% if name %}{% endif %}', fallback: 'Recorded.', required: true },
      ],
      answers: [{ objection: 'price', text: '{{ advantage }}', simpler: null, fallback: null }],
    },
    'text',
  )
  expect(script.render({ name: 'Ada', interest: 'a card', advantage: 'free' })).toEqual({
    parts: [
      { id: 'opening', text: 'Hello Ada', simpler: 'Hi Ada', usesFallback: false, required: false, answeredBy: [] },
      { id: 'more', text: 'And a card', simpler: null, usesFallback: false, required: false, answeredBy: [] },
      { id: 'recorded', text: 'Recorded.', simpler: null, usesFallback: true, required: true, answeredBy: [] },
    ],
    answers: [{ objection: 'price', text: 'free', simpler: null, usesFallback: false }],
  })
  expect(script.render({})).toEqual({
    parts: [
      { id: 'opening', text: 'Hello', simpler: null, usesFallback: true, required: false, answeredBy: [] },
      { id: 'recorded', text: 'Recorded.', simpler: null, usesFallback: true, required: true, answeredBy: [] },
    ],
    answers: [],
  })
})

test.each([...defaultScripts])('%s can be said to anybody, without an empty slot', (_name, template) => {
  expect(validateScript(template)).toBeUndefined()
  const script = compileScript(template, 'text')
  const whole = script.render(SAMPLE)
  const value = fc.constantFrom('', ' ', 'X', '{{ name }}', '<b>', '\u0000')
  const values = fc.record(
    { ...names((name) => (name === 'advantages' ? fc.array(value) : value)) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(values as fc.Arbitrary<ScriptValues>, (known) => {
      const { parts, answers } = script.render(known)
      for (const { text } of [...parts, ...answers]) expect(text).not.toMatch(/ {2}|[:,—«] ?[.,»]|^\s|\s$/)
      expect(parts.filter(({ required }) => required)).toHaveLength(
        whole.parts.filter(({ required }) => required).length,
      )
      expect(answers).toHaveLength(template.answers.length)
    }),
  )
})

function names<Value>(of: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(Object.keys(SAMPLE).map((name) => [name, of(name)]))
}
