import { fieldOf } from '../../../retrainer/training/read-json-lines.ts'

test.each(['__proto__', 'constructor', 'text'])(
  'a field %s that is not there is missed, though any object may have one',
  (name) => {
    expect(() => fieldOf({ label: 'x' }, name, 'line 1')).toThrow(`There is no field "${name}" in line 1`)
    expect(fieldOf(JSON.parse(`{"${name}": "x"}`) as Record<string, unknown>, name, 'line 1')).toBe('x')
  },
)
