import { bernoulli, pick, type Random } from '../random.ts'

/** A city of the world; habits are shifted by the difference to Shanghai time. */
export interface City {
  readonly name: string
  readonly province: string
  readonly latitude: number
  readonly longitude: number
  readonly timeZone: string
  readonly hourShift: number
}

const city = (
  name: string,
  province: string,
  latitude: number,
  longitude: number,
  timeZone = 'Asia/Shanghai',
  hourShift = 0,
): City => {
  return { name, province, latitude, longitude, timeZone, hourShift }
}

export const cities: readonly City[] = [
  city('上海', '上海', 31.2304, 121.4737),
  city('苏州', '江苏', 31.2989, 120.5853),
  city('杭州', '浙江', 30.2741, 120.1551),
  city('成都', '四川', 30.5728, 104.0668),
  city('武汉', '湖北', 30.5928, 114.3055),
  city('西安', '陕西', 34.3416, 108.9398),
  city('广州', '广东', 23.1291, 113.2644),
  city('香港', '香港', 22.3193, 114.1694, 'Asia/Hong_Kong'),
  city('乌鲁木齐', '新疆', 43.8256, 87.6168, 'Asia/Urumqi', 2),
]

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const women = [...'芳娜敏静丽艳娟霞秀燕玲桂英华慧红梅琳萍洁倩雪莹颖佳怡欣雅婷蕾']
const men = [...'伟强磊军洋勇杰涛明超刚平辉鹏健波斌宇浩凯志建国峰晨旭阳毅俊文']

export interface PersonName {
  readonly surname: string
  readonly full: string
}

export function personName(next: Random, sex: 'female' | 'male'): PersonName {
  const surname = pick(next, surnames)
  const characters = sex === 'female' ? women : men
  return { surname, full: surname + pick(next, characters) + (bernoulli(next, 0.65) ? pick(next, characters) : '') }
}

export const fieldsOfActivity = {
  manufacturing: ['机械', '精密制造', '纺织', '电子', '包装'],
  trade: ['贸易', '商贸', '进出口', '供应链'],
  catering: ['餐饮管理', '食品', '酒店管理'],
  technology: ['信息技术', '软件', '网络科技', '智能科技'],
  construction: ['建筑装饰', '建材', '工程'],
  logistics: ['物流', '运输', '仓储'],
} as const
export type FieldOfActivity = keyof typeof fieldsOfActivity

const companyWords = [
  '恒达',
  '瑞丰',
  '华盛',
  '新源',
  '金桥',
  '宏远',
  '天润',
  '博雅',
  '鼎诚',
  '安泰',
  '盛世',
  '通联',
  '晨光',
  '嘉禾',
  '永兴',
  '汇德',
]

export function companyName(next: Random, place: City, field: FieldOfActivity): string {
  return `${place.name}${pick(next, companyWords)}${pick<string>(next, fieldsOfActivity[field])}有限公司`
}

const shopWords = ['老街', '阳光', '东门', '明珠', '福满', '小城', '江南', '好邻居', '四季', '星河', '南山', '百姓']

/** Returns a shop name for a category of spending, such as 老街面馆. */
export function shopName(next: Random, kinds: readonly string[]): string {
  return pick(next, shopWords) + pick(next, kinds)
}
