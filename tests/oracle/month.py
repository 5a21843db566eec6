"""A plain month, written from docs/model-semantics.md and docs/decisions: what happens to the residents of an exported run.

Reads what `sleutel export` wrote (model, start city, stream) and computes every event anew, slowly and simply, for
studies without programmes and with `life_events: false`: states begin and end, people die. Not computed: the new home
of minors whom a death leaves alone. It shares no code with the
program. Singles are doubles rounded after each step, which is exact for one sum or product."""

import collections
import struct

WORD = 0xFFFFFFFF
LOG_UNIT = 1 << 20
FULL = 1 << 48


# ---------------------------------------------------------------- draws

def mixed(x):
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
    return x ^ (x >> 31)


def stream_key(seed, draw, replicate):
    golden = 0x9E3779B97F4A7C15
    x = mixed((seed + golden) % 2**64)
    x = mixed((x + golden * (1 + draw)) % 2**64)
    x = mixed((x + golden * (1 + replicate)) % 2**64)
    return x & WORD, x >> 32


def philox(key, resident, month, purpose):
    """The four words of Philox4x32-10 that these names stand for."""
    k0, k1 = key
    a, b, c, d = resident & WORD, resident >> 32, month & WORD, purpose
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (q >> 32) ^ b ^ k0, q & WORD, (p >> 32) ^ d ^ k1, p & WORD
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return a, b, c, d


def high_bits(key, name, month, draw, blocks):
    """The first 16 bits of a state's draw; `blocks` keeps the words of this unit and month."""
    block, half = divmod(draw, 8)
    if block not in blocks:
        blocks[block] = philox(key, name, month, block)
    return (blocks[block][half // 2] >> (16 * (half % 2))) & 0xFFFF


def state_draw(key, name, month, draw, blocks):
    """All 48 bits."""
    return high_bits(key, name, month, draw, blocks) << 32 | philox(key, name, month, 0x10000000 + draw)[0]


def uniform(words):
    return ((words[1] << 32 | words[0]) >> 11) * 2.0**-53


# ---------------------------------------------------------------- chances

def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def polynomial(coefficients, x):
    value = coefficients[5]
    for c in coefficients[4::-1]:
        value = single(single(value * x) + c)
    return value


A = [float.fromhex(c) for c in
     "0x1.555556p-4 0x1.d93036p-5 0x1.47fb64p-6 0x1.2f2498p-8 0x1.a6bb1ap-11 0x1.d00bdep-14".split()]
B = [float.fromhex(c) for c in "0x1p+0 0x1.fffffep-2 0x1.55547ep-3 0x1.555652p-5 0x1.123d06p-7 0x1.6c16a6p-10".split()]
PER_LN2, LN2_HIGH, LN2_LOW = map(float.fromhex, ("0x1.715476p+0", "0x1.63p-1", "-0x1.bd0106p-13"))


def monthly_hazard(eta):
    eta = max(-64 * LOG_UNIT, min(16 * LOG_UNIT, eta))
    whole = (eta + LOG_UNIT // 2) // LOG_UNIT
    part = (eta - whole * LOG_UNIT) / LOG_UNIT
    return polynomial(A, part) * 2.0**whole


def chance(x):
    x = min(x, 24.0)
    n = int(single(single(x * PER_LN2) + 0.5))
    t = single(single(single(n * LN2_HIGH) - x) + single(n * LN2_LOW))
    s = 2.0**-n
    return single(single(1 - s) - single(s * single(polynomial(B, t) * t)))


def threshold(p):
    return int(p * FULL)


# ---------------------------------------------------------------- the model as tables by state

class Transition:
    def __init__(self, written):
        self.base, self.shift, self.closed = (spread(written[k]) for k in ("base", "shift", "closed"))
        self.edges = dict(written["edges"])
        self.forbid, self.require = set(written["forbid"]), set(written["require"])
        self.known = {}

    def hazard(self, cell, rows, clip):
        """Hazard of this month as a single; 0 if it cannot happen."""
        if self.closed[cell] or self.forbid & rows or not self.require <= rows:
            return 0.0
        total = sum(self.edges[row] for row in rows if row in self.edges)
        eta = self.base[cell] + self.shift[cell] + max(-clip, min(clip, total))
        if eta not in self.known:
            self.known[eta] = monthly_hazard(eta)
        return self.known[eta]


def spread(runs):
    cells = []
    for value, times in zip(runs[::2], runs[1::2]):
        cells += [value] * times
    return cells


class Matrix:
    def __init__(self, model, level):
        written = model["matrix"][level]
        self.attributes, self.derived, self.levels = written["attributes"], written["derived"], written["levels"]
        self.transitions = {(t["state"], t["change"]): Transition(t) for t in written["transitions"]}
        states = model["states"]
        alone = sorted({s for s, _ in self.transitions if states[s]["group"] < 0})
        self.alone = alone
        self.groups = [g for g in model["groups"] if g["level"] == level]


# ---------------------------------------------------------------- the city

class Resident:
    def __init__(self, columns, row):
        for name in ("id", "birth_month", "sex", "education", "parity", "stress_fast", "stress_slow", "shock_fast",
                     "shock_slow", "mastery", "support", "adversity", "income"):
            setattr(self, name, columns[name][row])
        flags = columns["flags"][row]
        self.present, self.student = bool(flags & 1), bool(flags & 2)
        self.child_at_home, self.institution = bool(flags & 4), bool(flags & 8)
        self.states = set(columns["states"][row])
        self.months_in = list(columns["months_in"][row])

    def age(self, month):
        return (month - self.birth_month) // 12

    def adult(self, month):
        return self.age(month) >= 18


class Household:
    def __init__(self, columns, dwellings, row):
        for name in ("buurt", "income_group", "kind", "classes"):
            setattr(self, name, columns[name][row])
        self.tenure = dwellings["tenure"][columns["dwelling"][row]]
        self.student_house = columns["student_house"][row]
        self.members = []

    def adults(self, month):
        """Its members of 18 or more; if it has none, its eldest member."""
        return [r for r in self.members if r.adult(month)] or [eldest(self.members)]


def eldest(people):
    return min(people, key=lambda r: (r.birth_month, r.id))


def name_of(people):
    return min(r.id for r in people)


def residents_of(city):
    columns = city["residents"]
    people = [Resident(columns, row) for row in range(len(columns["id"]))]
    homes = [Household(city["households"], city["dwellings"], row) for row in range(len(city["households"]["size"]))]
    for row, one in enumerate(people):
        partner, mother = columns["partner"][row], columns["mother"][row]
        one.partner = people[partner] if partner >= 0 else None
        one.mother = people[mother] if mother >= 0 else None
        one.ties = [people[tie] for tie in columns["ties"][row] if tie >= 0]
        one.household = homes[columns["household"][row]]
        if one.present:
            one.household.members.append(one)
    return [one for one in people if one.present], [home for home in homes if home.members]


# ---------------------------------------------------------------- what is around a resident

STAGES = ["first_years", "child", "adolescent", "young_adult", "adult", "middle", "older", "oldest"]
STAGE_FROM = [0, 4, 12, 18, 25, 45, 65, 80]


def traits_of(one, month):
    """The names of all traits that hold."""
    age, home, grown = one.age(month), one.household, one.adult(month)
    children = [r for r in home.members if r.child_at_home and not r.adult(month)]
    heads = not one.child_at_home and grown
    own = [r for r in home.members if r.mother is one or (one.partner and r.mother is one.partner)]
    stage = STAGES[max(i for i, start in enumerate(STAGE_FROM) if age >= start)]
    tenure = ("owner", "social_rent", "private_rent", "institution_home")[home.tenure]
    asked = {
        "male": one.sex == 0, "female": one.sex == 1,
        "partnered": one.partner is not None, "single": one.partner is None and grown,
        "lives_alone": len(home.members) == 1 and not one.institution,
        "lone_parent": heads and one.partner is None and any(r.child_at_home for r in home.members),
        "parent_of_minor": heads and bool(children), "child_at_home": one.child_at_home,
        "student": one.student, "institution": one.institution,
        "adversity_1": one.adversity == 1, "adversity_2": one.adversity == 2, "adversity_3plus": one.adversity >= 3,
        "adult_18_plus": grown, "has_child_under_4": any(r.age(month) < 4 for r in own),
        "childless": one.parity == 0, "one_child": one.parity == 1, "two_children": one.parity == 2,
        "three_plus_children": one.parity >= 3, tenure: True, "stage_" + stage: True,
        "education_" + ("low", "middle", "high")[one.education]: True,
    }
    if home.income_group < 5:
        asked["income_group_%d" % (home.income_group + 1)] = True
    return {name for name, holds in asked.items() if holds}


def parents_of(one):
    """Those who head the household in which somebody is a child at home."""
    return [r for r in one.household.members if not r.child_at_home] if one.child_at_home else []


def support_of(one, month):
    """A partner counts three, another adult in the household one, each tie who lives in the city one."""
    others = any(r.adult(month) for r in one.household.members if r is not one and r is not one.partner)
    return min(8, 3 * (one.partner is not None) + others + sum(r.present for r in one.ties))


def share(people, states):
    """Share of these who have any of the states, in 1/32 to the nearest."""
    people = list(people)
    n = len(people)
    return (32 * sum(bool(r.states & states) for r in people) + n // 2) // n if n else 0


# ---------------------------------------------------------------- incomes

EQUIVALENT = (100, 100, 137, 173, 200)  # of so many adults, in hundredths
FLOOR = 15406  # social assistance [EUR per year]
KEPT_WITHOUT_WORK = {"unemployed": 0.7, "disabled": 0.7, "inactive": 0.5}
PENSION_MONTHS = 67 * 12


def household_income(home, month, state, line):
    """Standardised income; `state` finds a state by name."""
    earned = 0
    for one in home.members:
        if not one.child_at_home:
            kept = [part for name, part in KEPT_WITHOUT_WORK.items() if state[name] in one.states]
            earned += int(one.income * kept[0]) if kept and month - one.birth_month < PENSION_MONTHS else one.income
    adults = sum(one.adult(month) for one in home.members)
    minors = len(home.members) - adults
    need = EQUIVALENT[min(adults, 4)] + 27 * max(0, adults - 4)
    need += (33 if adults <= 1 else 30) + 20 * (minors - 1) if minors else 0
    income = earned * 100 // need
    if home.income_group == 5:  # students and institutions are left out of income figures
        return income
    low = any(state["low_income"] in one.states for one in home.members)
    return min(max(income, FLOOR), line) if low else max(income, FLOOR, line + 1)


# ---------------------------------------------------------------- the run

class Run:
    def __init__(self, exported):
        self.model = exported["model"]
        self.states = self.model["states"]
        self.switches = exported["switches"]
        self.months = exported["months"]
        stream = exported["stream"]
        self.key = stream_key(stream["seed"], stream["draw"], stream["replicate"])
        self.people, self.homes = residents_of(exported["city"])
        self.by_id = {one.id: one for one in self.people}
        self.matrix = {level: Matrix(self.model, level) for level in ("resident", "household", "couple")}
        self.gains, self.chances = {}, {}
        self.number = {state["name"]: i for i, state in enumerate(self.states)}
        self.paid = {self.number[name] for name in (*KEPT_WITHOUT_WORK, "low_income")}
        self.line, self.fifths = (exported["city"][k] for k in ("low_income_line", "income_fifth_bounds"))
        self.events = []
        self.month = 0

    def history(self):
        """All events of the run: month, resident, state, change; in that order."""
        for self.month in range(self.months):
            self.look_around()
            for one in self.people:
                self.bear_stress(one)
            wishes = self.draw_everything()
            self.apply(wishes)
        return sorted(self.events)

    # ---- surroundings

    def look_around(self):
        of_buurt = collections.defaultdict(list)
        for one in self.people:
            if one.adult(self.month):
                of_buurt[one.household.buurt].append(one)
        self.place = {}
        for predictor in self.matrix["resident"].levels:
            if predictor["source"] == "place_has":
                for buurt, adults in of_buurt.items():
                    self.place[buurt, predictor["name"]] = share(adults, set(predictor["states"]))
        for one in self.people:
            one.support = support_of(one, self.month)
            one.traits = traits_of(one, self.month)

    def value_of(self, one, predictor):
        """A quantised predictor of one resident, and the step, in the column's own unit."""
        source, states = predictor["source"], set(predictor["states"])
        if source in ("stress_fast", "stress_slow"):
            return getattr(one, source), int(predictor["step"] * 4096)
        if source in ("mastery", "support"):
            return getattr(one, source), int(predictor["step"])
        step = int(predictor["step"] * 32)
        if source == "friends_have":
            return (share((r for r in one.ties if r.present), states) if self.switches["ties"] else 0), step
        if source == "place_has":
            on = self.switches["surroundings"]
            return (self.place.get((one.household.buurt, predictor["name"]), 0) if on else 0), step
        if source == "household_has":
            others = [r for r in one.household.members if r is not one and r.adult(self.month)]
            return share(others, states), step
        raise ValueError(source)

    # ---- stress

    def gain(self, one):
        rules, about = self.model["stress"], (min(one.adversity, 3), one.mastery, one.support)
        if about not in self.gains:
            adversity, mastery, support = about
            gain = (1 + rules["adversity_amplifier"] * adversity / 3) * (
                1 - rules["mastery_buffer"] * mastery / 32 - rules["support_buffer"] * support / 8)
            self.gains[about] = int(gain * 65536 + 0.5)
        return self.gains[about]

    def bear_stress(self, one):
        for speed in ("fast", "slow"):
            keep, points = self.model["stress"]["keep_" + speed], "stress_" + speed
            hold = sum(int((65536 - keep) / 65536 * self.states[s]["stress_holds"] * self.states[s][points] + 0.5)
                       for s in one.states)
            added = getattr(one, "shock_" + speed) + hold
            load = ((getattr(one, points) * keep + 2**15) >> 16) + ((self.gain(one) * added + 2**15) >> 16)
            setattr(one, points, min(65535, load))
            setattr(one, "shock_" + speed, 0)

    # ---- rows that are on

    def derived_of(self, one, derived):
        """Whether a derived predictor that is asked of one person holds."""
        kind, states = derived["kind"], set(derived["states"])
        if kind == "trait":
            return derived["trait"] in one.traits
        if kind == "duration":
            state = derived["state"]
            months = one.months_in[self.states[state]["months_slot"]]
            return state in one.states and derived["from_month"] <= months < derived["until_month"]
        if kind == "partner_has":
            return self.switches["partners"] and one.partner is not None and bool(one.partner.states & states)
        return kind == "parent_has" and self.switches["parents"] and any(r.states & states for r in parents_of(one))

    def rows_of(self, matrix, adults):
        """Numbers of all rows of the matrix that are on for a unit with these adults."""
        states = set().union(*(r.states for r in adults))
        on = set()
        for bit, derived in enumerate(matrix.derived):
            kind, asked = derived["kind"], set(derived["states"])
            if kind == "pair":
                holds = asked <= states and set(derived["derived"]) <= on
            elif kind == "at_least":
                holds = len(asked & states) >= derived["count"]
            elif kind == "both_have":
                holds = all(r.states & asked for r in adults)
            else:
                holds = any(self.derived_of(r, derived) for r in adults)
            if holds:
                on.add(bit)
        rows = states | {self.model["derived_row_first"] + bit for bit in on}
        for predictor in matrix.levels:
            values = [self.value_of(r, predictor) for r in adults]
            step, n = values[0][1], len(values)
            nearest = (2 * sum(v for v, _ in values) + n * step) // (2 * n * step)
            rows.add(predictor["first_row"] + min(predictor["levels"] - 1, nearest))
        return states, rows

    def cell_of(self, matrix, one):
        cell = min(one.age(self.month), 110) * 2 + one.sex
        for attribute in matrix.attributes:
            cell = cell * attribute["categories"] + self.category(attribute, one)
        return cell

    def category(self, attribute, one):
        kind, home = attribute["attribute"], one.household
        if kind == "class_bit":
            return home.classes >> self.states[attribute["state"]]["class_bit"] & 1
        if kind == "months_band":
            months = one.months_in[self.states[attribute["state"]]["months_slot"]]
            return sum(months >= start for start in attribute["band_from"]) - 1
        return {"education": one.education, "income_group": home.income_group, "tenure": home.tenure,
                "student": int(one.student), "household_kind": home.kind, "children": min(one.parity, 3)}[kind]

    # ---- draws

    def draw_everything(self):
        """Everything that begins or ends this month: (unit's people, name, state, change), by level."""
        wishes = {"resident": [], "household": [], "couple": []}
        for one in self.people:
            self.draw_unit("resident", [one], [one], wishes)
            if one.partner is not None and one.id < one.partner.id:
                self.draw_unit("couple", [one, one.partner], [one, one.partner], wishes)
        for home in self.homes:
            if home.members:
                self.draw_unit("household", home.adults(self.month), home.members, wishes)
        return wishes

    def draw_unit(self, level, adults, members, wishes):
        matrix, name, blocks = self.matrix[level], name_of(adults), {}
        states, rows = self.rows_of(matrix, adults)
        cell, clip = self.cell_of(matrix, eldest(adults)), self.model["clip"]
        for state in matrix.alone:
            change = "end" if state in states else "begin"
            hazard = matrix.transitions[state, change].hazard(cell, rows, clip)
            if hazard > 0 and self.happens(change, state, hazard, name, blocks):
                wishes[level].append((list(members), name, state, change))
        for group in matrix.groups:
            found = self.draw_group(matrix, group, states, rows, cell, name, blocks)
            if found:
                wishes[level].append((list(members), name) + found)

    def threshold_of(self, hazard):
        if hazard not in self.chances:
            self.chances[hazard] = threshold(chance(hazard))
        return self.chances[hazard]

    def happens(self, change, state, hazard, name, blocks):
        draw, p = self.states[state]["draw"], self.threshold_of(hazard)
        flip = 0 if change == "begin" else FULL - 1
        high = high_bits(self.key, name, self.month, draw, blocks) ^ flip >> 32
        if high != p >> 32:
            return high < p >> 32
        return state_draw(self.key, name, self.month, draw, blocks) ^ flip < p

    def draw_group(self, matrix, group, states, rows, cell, name, blocks):
        options, total = [], 0.0
        for member in group["members"]:
            change = "end" if member in states else "begin"
            hazard = matrix.transitions[member, change].hazard(cell, rows, self.model["clip"])
            options.append((member, change, hazard))
            total = single(total + hazard)
        draw, p = self.states[group["rest"]]["draw"], self.threshold_of(total)
        if high_bits(self.key, name, self.month, draw, blocks) > p >> 32:
            return None
        u = state_draw(self.key, name, self.month, draw, blocks)
        if u >= p:
            return None
        whole, running, last = sum(h for _, _, h in options), 0.0, None
        for member, change, hazard in options:
            running += hazard
            if hazard > 0:
                last = (member, change)
                if float(u) * whole < float(p) * running:
                    break
        return last

    # ---- what follows

    def apply(self, wishes):
        first = len(self.events)
        dead = [people[0] for people, _, state, _ in wishes["resident"] if state == self.model["death"]]
        for one in dead:
            self.record(one, self.model["death"], "begin")
            one.present = False
        began = set()
        for level in ("resident", "household", "couple"):
            for people, name, state, change in wishes[level]:
                remaining = [r for r in people if r.present]
                for one in remaining:
                    self.record(one, state, change)
                    self.change(one, state, change, began)
                if remaining and change == "begin" and self.states[state]["class_bit"] >= 0:
                    self.draw_class(remaining[0].household, name, state)
        homes = {id(self.by_id[who].household): self.by_id[who].household
                 for _, who, state, _ in self.events[first:] if state in self.paid or state == self.model["death"]}
        self.bury(began)
        for home in homes.values():
            self.pay(home)
        self.grow_durations(began)

    def record(self, one, state, change):
        self.events.append((self.month, one.id, state, change))

    def change(self, one, state, change, began):
        about = self.states[state]
        if about["is_event"]:
            return
        if change == "end":
            self.end(one, state, began)
            return
        if about["group"] >= 0:
            for member in self.model["groups"][about["group"]]["members"]:
                if member in one.states:
                    self.end(one, member, began)
        one.states.add(state)
        one.shock_fast += about["stress_fast"]
        one.shock_slow += about["stress_slow"]
        self.set_months(one, state, began)
        self.mark(one, about["marks_on_begin"], began)

    def end(self, one, state, began):
        one.states.discard(state)
        self.mark(one, self.states[state]["marks_on_end"], began)

    def mark(self, one, history, began):
        if history >= 0:
            one.states.add(history)
            self.set_months(one, history, began)

    def set_months(self, one, state, began):
        slot = self.states[state]["months_slot"]
        if slot >= 0:
            one.months_in[slot] = 0
            began.add((one.id, state))

    def draw_class(self, home, name, state):
        about = self.states[state]
        words = philox(self.key, name, self.month, 0x20000000 + about["draw"])
        home.classes &= ~(1 << about["class_bit"])
        if uniform(words) < about["class_share"]:
            home.classes |= 1 << about["class_bit"]

    def pay(self, home):
        """After a death, or a change of work or of low income, the household's income and its fifth are found anew."""
        if home.members and home.income_group < 5:
            income = household_income(home, self.month, self.number, self.line)
            home.income_group = sum(income > bound for bound in self.fifths)

    def bury(self, began):
        """The dead leave household and partner, who is bereaved without a record of its own."""
        for one in self.people:
            if not one.present:
                one.household.members.remove(one)
                if one.partner is not None:
                    one.partner.partner = None
                    if one.partner.present and "bereaved" in self.number:
                        self.change(one.partner, self.number["bereaved"], "begin", began)
                    one.partner = None
        self.people = [one for one in self.people if one.present]

    def grow_durations(self, began):
        for one in self.people:
            for state in one.states:
                slot = self.states[state]["months_slot"]
                if slot >= 0 and (one.id, state) not in began:
                    one.months_in[slot] = min(255, one.months_in[slot] + 1)
