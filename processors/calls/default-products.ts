import type { OfferedProduct, LocalisedProduct } from '../../schemas/calls/products.ts'

type ProductValue = Pick<OfferedProduct, 'spoken' | 'retired'>

const spoken = (language: string, name: string, ...advantages: string[]): LocalisedProduct => ({
  language,
  name,
  advantages,
})

const offered = (...inLanguages: LocalisedProduct[]): ProductValue => ({ spoken: inLanguages, retired: false })

/** Products of the simulated bank, in use until a bank sets its own. */
export const defaultProducts: ReadonlyMap<string, ProductValue> = new Map([
  [
    'consumer-loan',
    offered(
      spoken('en', 'consumer loan', 'the rate is fixed for the whole term', 'you can repay early at no charge'),
      spoken('zh', '消费贷', '整个期限内利率固定', '可以随时提前还款，不收手续费'),
      spoken('ru', 'потребительский кредит', 'ставка не меняется весь срок', 'досрочное погашение бесплатно'),
    ),
  ],
  [
    'business-loan',
    offered(
      spoken('en', 'business loan', 'you pay interest only for what you draw', 'the decision takes two working days'),
      spoken('zh', '经营贷', '只为实际使用的金额付利息', '两个工作日内审批'),
      spoken('ru', 'кредит для бизнеса', 'проценты только за использованную сумму', 'решение за два рабочих дня'),
    ),
  ],
  [
    'wealth-management',
    offered(
      spoken('en', 'managed portfolio', 'you choose the level of risk', 'your money is available within three days'),
      spoken('zh', '理财产品', '风险等级由您选择', '三天内可以取出资金'),
      spoken('ru', 'управляемый портфель', 'уровень риска выбираете вы', 'деньги доступны в течение трёх дней'),
    ),
  ],
  [
    'credit-card',
    offered(
      spoken('en', 'credit card', 'there is no annual fee in the first year', 'it works with your phone at once'),
      spoken('zh', '信用卡', '首年免年费', '马上就能在手机上使用'),
      spoken('ru', 'кредитная карта', 'первый год обслуживание бесплатно', 'ею сразу можно платить с телефона'),
    ),
  ],
  [
    'insurance',
    offered(
      spoken('en', 'insurance', 'claims are paid within a week', 'you can end it every month'),
      spoken('zh', '保险', '一周内完成理赔', '每个月都可以取消'),
      spoken('ru', 'страховка', 'выплата в течение недели', 'отказаться можно каждый месяц'),
    ),
  ],
])
