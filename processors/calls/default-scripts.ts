import type { ObjectionAnswer, ScriptPart, ScriptTemplate } from '../../schemas/calls/script-templates.ts'

type TemplateValue = Pick<ScriptTemplate, 'language' | 'products' | 'groups' | 'parts' | 'answers' | 'retired'>
type Changes = Partial<Pick<ScriptPart, 'simpler' | 'fallback' | 'required' | 'answeredBy'>>

const part = (id: string, text: string, changes: Changes = {}): ScriptPart => ({
  ...{ id, text, simpler: null, fallback: null, required: false, answeredBy: [] },
  ...changes,
})

const answer = (
  objection: ObjectionAnswer['objection'],
  text: string,
  fallback: string | null = null,
): ObjectionAnswer => ({
  ...{ objection, text, simpler: null, fallback },
})

const template = (
  language: string,
  parts: readonly ScriptPart[],
  answers: readonly ObjectionAnswer[],
): TemplateValue => ({ language, products: [], groups: [], parts, answers, retired: false })

const english = template(
  'en',
  [
    part(
      'opening',
      'Good day{% if name %}, {{ name }}{% endif %}. {% if agent %}This is {{ agent }}{% else %}I am calling{% endif %} from your bank.',
    ),
    part('recording', 'This call is recorded so that we can improve our service.', { required: true }),
    part('time', 'Do you have two minutes for me?', { answeredBy: ['go ahead', 'i am listening', "i'm listening"] }),
    part('offer', 'You may have a use for our {{ product }}: {{ advantage }}.', {
      simpler: 'We have something new: {{ product }}.',
      fallback: 'I would like to tell you what is new at your bank.',
    }),
    part('more', '{% if interest and interest_id != product_id %}I can also tell you about {{ interest }}.{% endif %}'),
    part('question', 'What matters most to you in a bank?'),
    part('closing', 'Thank you for your time. Have a good day.', { required: true }),
  ],
  [
    answer(
      'price',
      'I understand. What speaks for it: {{ advantage }}.',
      'I understand. Let us look at what it would cost you, and what it would bring.',
    ),
    answer('need', 'That is fine. May I ask what you use today?'),
    answer('timing', 'Of course. When would be a better time to call?'),
    answer('trust', 'You can call us back on the number on your card, at any time.'),
    answer('contact', 'I understand. We will not call you about this again.'),
  ],
)

const chinese = template(
  'zh',
  [
    part(
      'opening',
      '{% if name %}{{ name }}，{% endif %}您好，{% if agent %}我是{{ agent }}，{% endif %}这里是您的银行。',
    ),
    part('recording', '为了提升服务质量，本次通话会录音。', { required: true }),
    part('time', '请问您现在方便接听两分钟吗？', { answeredBy: ['您说', '请讲', '您讲'] }),
    part('offer', '我们的{{ product }}可能适合您：{{ advantage }}。', {
      simpler: '我们有一款产品：{{ product }}。',
      fallback: '我想向您介绍一下我们最近的服务。',
    }),
    part('more', '{% if interest and interest_id != product_id %}另外也可以为您介绍{{ interest }}。{% endif %}'),
    part('question', '您选择银行时最看重什么？'),
    part('closing', '感谢您的时间，祝您生活愉快，再见。', { required: true }),
  ],
  [
    answer('price', '我理解。它的好处是：{{ advantage }}。', '我理解。我们可以一起算一下费用和收益。'),
    answer('need', '没关系。请问您现在使用的是什么产品？'),
    answer('timing', '好的，请问什么时间给您打电话比较方便？'),
    answer('trust', '您可以随时拨打银行卡背面的电话与我们核实。'),
    answer('contact', '我明白了，我们不会再就此事打扰您。'),
  ],
)

const russian = template(
  'ru',
  [
    part(
      'opening',
      'Здравствуйте{% if name %}, {{ name }}{% endif %}. {% if agent %}Меня зовут {{ agent }}, я{% else %}Я{% endif %} звоню из вашего банка.',
    ),
    part('recording', 'Разговор записывается для улучшения качества обслуживания.', { required: true }),
    part('time', 'У вас найдётся две минуты?', { answeredBy: ['слушаю', 'говорите', 'есть время'] }),
    part('offer', 'Вам может подойти наш продукт — {{ product }}: {{ advantage }}.', {
      simpler: 'У нас есть новый продукт: {{ product }}.',
      fallback: 'Я хочу рассказать, что нового в вашем банке.',
    }),
    part(
      'more',
      '{% if interest and interest_id != product_id %}Могу также рассказать про продукт «{{ interest }}».{% endif %}',
    ),
    part('question', 'Что для вас важнее всего в банке?'),
    part('closing', 'Спасибо за ваше время. Всего доброго.', { required: true }),
  ],
  [
    answer(
      'price',
      'Понимаю. Что говорит в его пользу: {{ advantage }}.',
      'Понимаю. Давайте посмотрим, сколько это стоит и что вы получите.',
    ),
    answer('need', 'Хорошо. А чем вы пользуетесь сейчас?'),
    answer('timing', 'Конечно. Когда вам удобнее поговорить?'),
    answer('trust', 'Вы можете в любой момент перезвонить нам по номеру на карте.'),
    answer('contact', 'Понимаю. Мы больше не будем звонить вам по этому поводу.'),
  ],
)

/** Built-in scripts, one per language for any product, in use until a bank writes its own. */
export const defaultScripts: ReadonlyMap<string, TemplateValue> = new Map([
  ['any-product-en', english],
  ['any-product-zh', chinese],
  ['any-product-ru', russian],
])
