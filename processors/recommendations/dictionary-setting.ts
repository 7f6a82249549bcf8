import { catalogue } from '../../schemas/platform/versioned-setting.ts'
import { dictionaries } from '../../schemas/recommendations/dictionary.ts'
import { defaultDictionary } from './default-dictionary.ts'

export const dictionarySetting = catalogue({
  name: 'dictionary',
  topic: dictionaries,
  default: defaultDictionary,
  lists: {
    needs: { name: 'need', path: '/needs', doc: 'What customers want to have solved (spec R1).' },
    characteristics: {
      name: 'characteristic',
      path: '/characteristics',
      doc: 'Properties of products that answer needs, with what to say at each stage (spec R1, R5).',
      validate(entry, { needs }) {
        const missing = entry.needs.filter((id) => needs.every((need) => need.id !== id))
        return missing.length === 0
          ? undefined
          : `There is no need ${missing.join(', ')}: add it first, or leave it out of the needs.`
      },
    },
  },
})
