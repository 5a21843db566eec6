"""The answers of the benchmark cases, from the formulas in their pages and from nothing that the program printed.

`ANSWERS` holds them by case and value, as case.yaml names them; `left_of_the_start` says how far the stable population
still is from its limit."""
import math

import numpy

# ---- What all cases share: months.


def chance(rate):
    """In a month, of what happens at this rate [1/year]."""
    return -math.expm1(-rate / 12)


def counted_rate(rate):
    """Events per person-year where each ends a life: who dies counts half of the last month."""
    p = chance(rate)
    return 12 * p / (1 - p / 2)


def years_mean(of_month, first, last=None):
    """Mean over the months of some years; of_month(k) is at the end of month k, the first month being 1."""
    months = range(12 * (first - 1) + 1, 12 * (last or first) + 1)
    return sum(of_month(k) for k in months) / len(months)


# ---- life-table
BANDS = {0: 0.16, 1: 0.035, 5: 0.006, 15: 0.008, 25: 0.010, 35: 0.013, 45: 0.018, 55: 0.032, 65: 0.07, 75: 0.16, 85: 0.32}


def life_table():
    ages, alive, years = list(BANDS), 1.0, 0.0
    for age, until in zip(ages, [*ages[1:], math.inf]):
        lives_on = math.exp(-BANDS[age] * (until - age))
        years += alive * (1 - lives_on) / counted_rate(BANDS[age])
        alive *= lives_on
    return {**{f"deaths-{age}": counted_rate(rate) for age, rate in BANDS.items()}, "life-expectancy": years}


# ---- two-state and trial


def ill(begins, ends):
    """Share at the end of month k of those who were all well at the start."""
    a, b = chance(begins), chance(ends)
    return lambda k: a / (a + b) * (1 - (1 - a - b) ** k)


def falling_ill(begins, ends):
    """Per person-year in month k: it strikes who was well at the end of the month before."""
    return lambda k: 12 * chance(begins) * (1 - ill(begins, ends)(k - 1))


def two_state():
    answers = {f"ill-year-{year}": years_mean(ill(0.4, 0.8), year) for year in (1, 2, 3)}
    return {**answers, "ill-at-rest": years_mean(ill(0.4, 0.8), 6, 10), "falling-ill": years_mean(falling_ill(0.4, 0.8), 6, 10),
            "faster-year-1": years_mean(ill(0.4, 1.6), 1), "faster-at-rest": years_mean(ill(0.4, 1.6), 6, 10)}


def trial():
    """Half of the residents take the course, which halves the rate of falling ill."""
    def gained(of, first, last=None):
        return 0.5 * (years_mean(of(0.2, 0.8), first, last) - years_mean(of(0.4, 0.8), first, last))
    few = 5000 / PEOPLE / 0.5  # who finds a place, beside the half above
    return {"few-places-1": few * gained(ill, 1), "few-places-6": few * gained(ill, 6, 10), "difference-1": gained(ill, 1), "difference-2": gained(ill, 2), "difference-6": gained(ill, 6, 10),
            "falling-ill": gained(falling_ill, 1)}


# ---- waiting-line
PEOPLE = 20000


def binomial(n, p):
    """Chances of 0 ... n."""
    logs = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
            for k in range(n + 1)]
    return numpy.exp(logs)


def line_of(places, most=160):
    """Mean number in need at the end of each month k, from nobody: each month as many as there are places are helped, and
    of those the need ends with the chance of a rate of 1 a year, of the others with that of 0.001; then new needs begin
    among all who had none at the beginning of the month."""
    helped, alone, begins = chance(1.0), chance(0.001), chance(0.0008)
    steps = numpy.zeros((most, most))
    for n in range(most):
        served = min(n, places)
        ends = numpy.convolve(binomial(served, helped), binomial(n - served, alone))
        few = 40  # of whom more begin in no month
        new = numpy.array([math.exp(math.lgamma(PEOPLE - n + 1) - math.lgamma(k + 1) - math.lgamma(PEOPLE - n - k + 1)
                                    + k * math.log(begins) + (PEOPLE - n - k) * math.log1p(-begins)) for k in range(few)])
        change = numpy.convolve(ends[::-1], new)  # at position i: i - n more
        for i, p in enumerate(change):
            if 0 <= i < most:
                steps[n, i] += p
    here = numpy.zeros(most)
    here[0] = 1
    means = []
    for _ in range(240):
        here = here @ steps
        means.append(float(here @ numpy.arange(most)) / PEOPLE)
    return lambda k: means[k - 1]


def waiting_line():
    for_all, twenty, eighteen = line_of(160), line_of(20), line_of(18)
    return {"for-all-1": years_mean(for_all, 1), "for-all-20": years_mean(for_all, 11, 20),
            "twenty-2": years_mean(twenty, 2), "twenty-20": years_mean(twenty, 11, 20),
            "line-20": years_mean(twenty, 11, 20) - years_mean(for_all, 11, 20),
            "eighteen-20": years_mean(eighteen, 11, 20)}


# ---- competing-risks


def met(own, other, death, first, last=None):
    """Share of residents who met a cause, at the month ends, each of which counts those who still live."""
    months = range(12 * (first - 1) + 1, 12 * (last or first) + 1)
    alive = [math.exp(-death * k / 12) for k in months]
    have = [own / (own + other) * -math.expm1(-(own + other) * k / 12) for k in months]
    return sum(n * share for n, share in zip(alive, have)) / sum(alive)


def competing_risks():
    answers = {"second-for-each-first": 0.12 / 0.06, "deaths": counted_rate(0.03)}
    for year in (1, 5, 10):
        answers[f"first-year-{year}"] = met(0.06, 0.12, 0.03, year)
        answers[f"second-year-{year}"] = met(0.12, 0.06, 0.03, year)
    return answers


# ---- heterogeneous-cohort


def heterogeneous_cohort():
    def waiting(k):
        """All enter in the first month and may leave from the second."""
        return sum(share * math.exp(-rate * (k - 1) / 12) for share, rate in ((0.6, 1.2), (0.4, 0.1)))
    answers = {f"waiting-{year}": years_mean(waiting, year) for year in (1, 2, 5, 10)}
    for year in (1, 3, 8):
        answers[f"hazard-{year}"] = math.log(years_mean(waiting, year) / years_mean(waiting, year + 1))
    return answers


# ---- households


def households():
    stay = math.exp(-0.1 / 12)
    gained = sum(stay**k for k in range(1, 13)) / 12 / 2  # two separate in each couple
    return {"residents-1": 20000, "residents-10": 20000, "residents-parting": 20000, "gained-1": gained, "gained-5": gained,
            "fewer-couples": 0.1}


# ---- stable-population
DEATH = {0: 0.03, 1: 0.001, 15: 0.003, 45: 0.01, 65: 0.04, 80: 0.16}
BIRTH = {0: 0.0, 15: 0.095, 45: 0.0}
MONTHS_OF_AGE = 12 * 200
TOWN = {(0, 15): 5400, (15, 25): 3100, (25, 45): 5400, (45, 65): 3900, (65, 90): 2200}  # its tables; the oldest are few


def monthly_chances(bands):
    ages = numpy.arange(MONTHS_OF_AGE) // 12
    return numpy.array([chance(bands[max(age for age in bands if age <= one)]) for one in ages])


class Stable:
    """Born at age 0; from the next month on one may die, and who lives may give birth. Half of the children are girls."""

    def __init__(self):
        die, birth = monthly_chances(DEATH), monthly_chances(BIRTH)
        die[0] = birth[0] = 0
        alive = numpy.cumprod(1 - die)
        self.die, self.birth, self.month = die, birth, numpy.arange(MONTHS_OF_AGE)
        self.daughters = alive * birth / 2
        self.growth = self.root()
        dying = numpy.concatenate([[0], alive[:-1]]) * die
        weight = numpy.exp(-self.growth * self.month / 12)
        self.deaths = weight * dying
        self.counted = weight * (alive + dying / 2)

    def lotka(self, growth):
        return (self.daughters * numpy.exp(-growth * self.month / 12)).sum() - 1

    def root(self):
        """Of a function that falls: between a growth of -20% and one of 20% a year."""
        low, high = -0.2, 0.2
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if self.lotka(middle) > 0 else (low, middle)
        return (low + high) / 2

    def share(self, age_from, age_until):
        return self.counted[12 * age_from:12 * age_until].sum() / self.counted.sum()


AGES = {"share-0": (0, 15), "share-15": (15, 45), "share-45": (45, 65), "share-65": (65, 200)}


def stable_population():
    stable = Stable()
    people = stable.counted.sum()
    return {"growth": stable.growth, **{name: stable.share(*ages) for name, ages in AGES.items()},
            "births": 12 / people, "deaths": 12 * stable.deaths.sum() / people}


def left_of_the_start():
    """What the case's values would be without chance, from the town's own ages on: the limit is not quite reached."""
    stable, residents = Stable(), numpy.zeros(MONTHS_OF_AGE)
    for (first, until), count in TOWN.items():
        residents[12 * first:12 * until] = count / (12 * (until - first))
    people, by_age, births, deaths = [], dict.fromkeys(AGES, 0.0), 0.0, 0.0
    for month in range(1200):
        residents = numpy.concatenate([[0], residents[:-1]])
        dying = residents * stable.die
        residents = residents - dying
        born = (residents * stable.birth).sum() / 2
        residents[0] = born
        counted = residents + dying / 2
        people.append(counted.sum())
        if month >= 960:
            births, deaths = births + born, deaths + dying.sum()
            for name, (first, until) in AGES.items():
                by_age[name] += counted[12 * first:12 * until].sum()
    late = sum(people[960:])
    growth = math.log(sum(people[1188:]) / sum(people[708:720])) / 40
    return {"growth": growth, **{name: count / late for name, count in by_age.items()}, "births": 12 * births / late,
            "deaths": 12 * deaths / late}


# ---- stress: a load is a whole number of 1/4096 points and is shown in steps of 1/16 point
POINT = 4096
HALF_LIVES = {"fast": 0.5, "slow": 10}


def worn(load, half_life):
    keep = int(2 ** (-1 / half_life) * 65536 + 0.5)
    return (load * keep + 32768) // 65536


def shown(load):
    return min(63, (load + POINT // 32) // (POINT // 16)) / 16


def after_one_blow(half_life):
    """Struck in the first month, felt from the second."""
    def load_at(k):
        load = 2 * POINT if k >= 2 else 0
        for _ in range(k - 2):
            load = worn(load, half_life)
        return shown(load)
    return load_at


def shared_out(parts):
    """Shares by load, those of one load added up."""
    sums = {}
    for load, share in parts:
        sums[load] = sums.get(load, 0) + share
    return sums


def under_shocks(half_life, months=72):
    """Mean load at the end of each month: the share of residents at each load is followed, in whom the shock is off, on,
    or began last month."""
    begins, ends = chance(1), chance(24)
    off, on, struck, means = {0: 1.0}, {}, {}, []
    for _ in range(months):
        off = shared_out((worn(load, half_life), share) for load, share in off.items())
        on = shared_out([(worn(load, half_life), share) for load, share in on.items()] +
                        [(worn(load, half_life) + POINT // 2, share) for load, share in struck.items()])
        means.append(sum(shown(load) * share for part in (off, on) for load, share in part.items()))
        struck = {load: share * begins for load, share in off.items()}
        off = shared_out([(load, share * (1 - begins)) for load, share in off.items()] +
                         [(load, share * ends) for load, share in on.items()])
        on = {load: share * (1 - ends) for load, share in on.items()}
    return lambda k: means[k - 1]


def stress():
    answers = {"blow-fast-1": years_mean(after_one_blow(0.5), 1)}
    answers.update({f"blow-slow-{year}": years_mean(after_one_blow(10), year) for year in (1, 2, 3)})
    for name, half_life in HALF_LIVES.items():
        loads = under_shocks(half_life)
        answers.update({f"shocks-{name}-{year}": years_mean(loads, year) for year in (1, 2, 6)})
    return answers


ANSWERS = {case.__name__.replace("_", "-"): case for case in
           (life_table, two_state, competing_risks, stable_population, stress, heterogeneous_cohort, households, trial, waiting_line)}
