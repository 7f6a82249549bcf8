import { processors, topics } from '../../subjects/subjects.ts'

test('every topic says where it holds people, in fields that it has', () => {
  for (const { name, persons, schema } of topics) {
    expect({ name, isStated: persons !== undefined }).toEqual({ name, isStated: true })
    const fields = persons?.by === 'field' || persons?.by === 'bytes' ? persons.fields : []
    for (const field of fields) expect(Object.keys(schema.fields)).toContain(field.split(/\[|\./)[0])
    if ('customerId' in schema.fields) expect({ name, by: persons!.by }).not.toEqual({ name, by: 'none' })
  }
})

test('every processor says where its state holds people, of each kind of record if its keys are others', () => {
  for (const { name, persons, state, decisionState } of processors) {
    expect({ name, isStated: persons !== undefined }).toEqual({ name, isStated: true })
    if (persons?.by !== 'kind') continue
    const kinds = [...state, ...decisionState].map((kind) => kind.name)
    expect({ name, kinds: Object.keys(persons.kinds).sort() }).toEqual({ name, kinds: [...new Set(kinds)].sort() })
  }
})
