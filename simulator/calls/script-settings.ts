import type { ScriptPart, ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { TargetGroup } from '../../schemas/calls/target-groups.ts'

type TemplateValue = Pick<ScriptTemplate, 'language' | 'products' | 'groups' | 'parts' | 'answers' | 'retired'>
type GroupValue = Pick<TargetGroup, 'description' | 'condition' | 'retired'>

const segments = { mass: '普通客户', affluent: '财富客户', business: '企业主' }

/** Target groups of the simulated call centre: the segments, in which scripts have different effects. */
export const simulatedGroups: ReadonlyMap<string, GroupValue> = new Map(
  Object.entries(segments).map(([segment, description]) => [
    `simulated-${segment}`,
    { description, condition: `customer.segment == "${segment}"`, retired: false },
  ]),
)

const part = (id: string, text: string, fallback: string | null = null, required = false): ScriptPart => ({
  ...{ id, text, simpler: null, fallback, required, answeredBy: [] },
})
const recording = part('recording', '为了提升服务质量，本次通话会录音。', null, true)
const closing = part('closing', '感谢您的时间，再见。', null, true)

const template = (...parts: readonly ScriptPart[]): TemplateValue => ({
  ...{ language: 'zh', products: [], groups: [...simulatedGroups.keys()], answers: [], retired: false },
  parts: [part('opening', '{% if name %}{{ name }}，{% endif %}您好，这里是您的银行。'), recording, ...parts, closing],
})

/** Templates of the simulated call centre besides the built-in one; `script-tastes.ts` has their effects. */
export const simulatedTemplates: ReadonlyMap<string, TemplateValue> = new Map([
  [
    'advantage-first-zh',
    template(
      part('advantage', '{{ advantage }}：这就是我们的{{ product }}。', '我想用一分钟介绍一项新服务。'),
      part('offer', '现在为您办理，好吗？'),
    ),
  ],
  [
    'trust-first-zh',
    template(
      part('trust', '您可以随时拨打银行卡背面的电话核实我的身份。'),
      part('offer', '如果您愿意，我想介绍一下{{ product }}。', '如果您愿意，我想介绍一下我们的服务。'),
    ),
  ],
])
