import { connect, whenReady } from '../../storage/index.ts';
import type { Question } from '../questions/question.ts';
import type { Campaign, DayCount, InsightStore } from './types.ts';

/**
 * Keys, all in one slot of a cluster. A count is a field of the hash of its hour, later of its day:
 * `locale|measure|value`. None of them expires by itself: the server must not evict keys without an expiry.
 */
const KEY = {
  hours: 'insights:{i}:hours',
  hour: 'insights:{i}:hour:',
  days: 'insights:{i}:days',
  day: 'insights:{i}:day:',
  questionDays: 'insights:{i}:question-days',
  questions: 'insights:{i}:questions:',
  campaigns: 'insights:{i}:campaigns',
} as const;

/** Joins the hash of an hour to that of its day, in one step: of several instances only one does it. */
const JOIN = `
local counts = redis.call('HGETALL', KEYS[1])
for i = 1, #counts, 2 do redis.call('HINCRBY', KEYS[2], counts[i], counts[i + 1]) end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[4], 0, ARGV[2])
return 1`;

const fieldOf = (locale: string, measure: string, value: string) => `${locale}|${measure}|${value}`;
const questionField = ({ locale, reason, text, near }: Question) =>
  JSON.stringify([locale, reason, text, near]);

/** Results of a pipeline; the first failure is thrown. */
function results(replies: [Error | null, unknown][] | null): unknown[] {
  return (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}

/** Counts shared by several instances (`HINCRBY`). Sorted sets by name list the hours and days there are. */
export async function createRedisInsights(urls: string): Promise<InsightStore> {
  const redis = connect(urls);
  try {
    await whenReady(redis);
  } catch (error) {
    redis.disconnect();
    throw error;
  }

  /** Every entry of a hash a day. */
  async function hashes(prefix: string, days: readonly string[]): Promise<[string, string, number][]> {
    const pipeline = redis.pipeline();
    for (const day of days) pipeline.hgetall(prefix + day);
    const replies = results(await pipeline.exec()) as Record<string, string>[];
    return replies.flatMap((hash, i) =>
      Object.entries(hash).map(([field, count]): [string, string, number] => [
        days[i] ?? '',
        field,
        Number(count),
      ]),
    );
  }

  const daysIn = (list: string, from: string, to: string) => redis.zrangebylex(list, from, to);

  async function erase(list: string, prefix: string, before: string): Promise<void> {
    const days = await daysIn(list, '-', `(${before}`);
    if (days.length === 0) return;
    const pipeline = redis.multi();
    for (const day of days) pipeline.del(prefix + day);
    pipeline.zrem(list, ...days);
    results(await pipeline.exec());
  }

  return {
    async add(hour, counts, questions) {
      const day = hour.slice(0, 10);
      const pipeline = redis.multi();
      pipeline.zadd(KEY.hours, 0, hour);
      for (const { locale, measure, value, count } of counts)
        pipeline.hincrby(KEY.hour + hour, fieldOf(locale, measure, value), count);
      if (questions.length > 0) pipeline.zadd(KEY.questionDays, 0, day);
      for (const question of questions) pipeline.hincrby(KEY.questions + day, questionField(question), 1);
      results(await pipeline.exec());
    },
    async settle(hour) {
      for (const over of await daysIn(KEY.hours, '-', `(${hour}`)) {
        const day = over.slice(0, 10);
        await redis.eval(JOIN, 4, KEY.hour + over, KEY.day + day, KEY.hours, KEY.days, over, day);
      }
    },
    async counts(from, to) {
      const days = await daysIn(KEY.days, `[${from}`, `[${to}`);
      return (await hashes(KEY.day, days)).map(([day, field, count]) => {
        const [locale = '', measure = '', ...value] = field.split('|');
        return { day, locale, measure, value: value.join('|'), count } as DayCount;
      });
    },
    firstDay: async () => (await redis.zrangebylex(KEY.days, '-', '+', 'LIMIT', 0, 1))[0],
    async questions() {
      const days = await daysIn(KEY.questionDays, '-', '+');
      return (await hashes(KEY.questions, days)).map(([day, field, count]) => {
        const [locale, reason, text, near] = JSON.parse(field) as [
          string,
          Question['reason'],
          string,
          string[],
        ];
        return { day, locale, reason, text, near, count };
      });
    },
    async eraseQuestions(locale, texts) {
      const days = await daysIn(KEY.questionDays, '-', '+');
      const gone = (await hashes(KEY.questions, days)).filter(([, field]) => {
        const [ofLocale, , text] = JSON.parse(field) as [string, string, string];
        return ofLocale === locale && texts.includes(text);
      });
      if (gone.length === 0) return;
      const pipeline = redis.multi();
      for (const [day, field] of gone) pipeline.hdel(KEY.questions + day, field);
      results(await pipeline.exec());
    },
    async eraseBefore(days) {
      await erase(KEY.questionDays, KEY.questions, days.questions);
      await erase(KEY.days, KEY.day, days.counts);
    },
    async campaigns() {
      const all = await redis.hgetall(KEY.campaigns);
      return Object.entries(all)
        .map(([name, added]): Campaign => ({ name, added }))
        .sort((a, b) => b.added.localeCompare(a.added) || a.name.localeCompare(b.name));
    },
    addCampaign: async ({ name, added }) => (await redis.hsetnx(KEY.campaigns, name, added)) === 1,
    async close() {
      redis.disconnect();
    },
  };
}
