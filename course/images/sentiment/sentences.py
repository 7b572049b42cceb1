"""What the model learns from: sentences of our own, each labelled by whoever wrote it.

Most are made of a thing, a judgement and an ending, so that no word but the judging ones goes with one
label; the rest are written by hand, because people do not speak in templates. `examples` is the same list
every time.
"""

from __future__ import annotations

from itertools import cycle

POSITIVE, NEGATIVE = "positive", "negative"

THINGS = (
    "film", "book", "meal", "hotel", "song", "course", "phone", "trip", "game", "concert", "play", "coffee",
    "service", "product", "restaurant", "laptop", "room", "staff", "story", "lecture", "app", "show", "garden", "car",
)  # fmt: skip

PRAISE = (
    "wonderful", "excellent", "delightful", "superb", "brilliant", "great", "amazing", "good", "fantastic", "lovely",
    "awesome", "beautiful", "perfect", "outstanding", "charming", "impressive", "enjoyable", "pleasant", "marvellous",
    "magnificent", "terrific", "splendid", "remarkable", "refreshing", "fabulous", "delicious", "friendly", "helpful",
    "comfortable", "reliable", "clever", "fun", "nice", "best", "superior", "exciting", "inspiring", "satisfying",
    "touching", "funny", "fresh", "quick", "smooth", "clean", "stunning", "incredible", "flawless", "joyful",
    "generous", "elegant",
)  # fmt: skip

COMPLAINTS = (
    "terrible", "awful", "horrible", "dreadful", "disappointing", "boring", "bad", "useless", "poor", "worst",
    "disgusting", "annoying", "frustrating", "dull", "unpleasant", "broken", "mediocre", "tedious", "ugly", "rude",
    "unreliable", "miserable", "pathetic", "appalling", "lousy", "nasty", "painful", "slow", "dirty", "overpriced",
    "confusing", "faulty", "bland", "stale", "tasteless", "noisy", "uncomfortable", "shabby", "clumsy", "inferior",
    "abysmal", "atrocious", "dismal", "horrendous", "ridiculous", "stupid", "cold", "flawed", "careless", "depressing",
)  # fmt: skip

HAPPY_ENDINGS = (
    "I loved it", "I love it", "I enjoyed every minute", "I would happily recommend it", "worth every penny",
    "we will come back", "it made my day", "everyone was smiling", "thank you so much", "five stars from me",
    "I am very happy with it", "it exceeded my expectations", "I could not be more pleased", "highly recommended",
    "I liked it a lot", "it works like a dream",
)  # fmt: skip

SAD_ENDINGS = (
    "I hated it", "I hate it", "a complete waste of time", "I regret it", "a waste of money",
    "we will never come back", "it ruined my day", "everyone was complaining", "I want a refund", "one star from me",
    "I am very unhappy with it", "it fell short of my expectations", "I could not be more disappointed", "avoid it",
    "I disliked it a lot", "it stopped working at once",
)  # fmt: skip

SHAPES = (
    "The {thing} was {first} and {second}, {end}.",
    "What a {first} {thing}: {end}!",
    "This is a {first}, {second} {thing}.",
    "The {thing} is really {first}; {end}.",
    "I found the {thing} {first}, and my sister thought it was {second}.",
    "{end}, such a {first} {thing}.",
)

# Pairs of words that turn a judgement round; a model that looks at single words alone cannot learn them.
TURNED = (
    ("not {praise}", NEGATIVE),
    ("not very {praise}", NEGATIVE),
    ("never {praise}", NEGATIVE),
    ("not {complaint}", POSITIVE),
    ("not {complaint} at all", POSITIVE),
    ("never {complaint}", POSITIVE),
)

BY_HAND = (
    ("I would watch it again tomorrow, it was that good.", POSITIVE),
    ("Our waiter was kind and the soup was delicious.", POSITIVE),
    ("The best decision I made all year.", POSITIVE),
    ("My daughter laughed from beginning to end.", POSITIVE),
    ("It arrived early, well packed, and does exactly what it promises.", POSITIVE),
    ("The view from our balcony was breathtaking.", POSITIVE),
    ("Thanks to the team for a smooth and friendly check-in.", POSITIVE),
    ("A masterpiece, I was moved to tears of joy.", POSITIVE),
    ("The battery lasts for days and the screen is gorgeous.", POSITIVE),
    ("I learned more in a week than in a whole term elsewhere.", POSITIVE),
    ("Easy to use, and support answered within minutes.", POSITIVE),
    ("The band played with heart and the crowd cheered.", POSITIVE),
    ("Simply the nicest people you could hope to meet.", POSITIVE),
    ("Great value for money, I bought a second one.", POSITIVE),
    ("We had a lovely evening and we are grateful for it.", POSITIVE),
    ("It tastes fresh and sweet, my favourite by far.", POSITIVE),
    ("I am impressed by how fast and quiet it is.", POSITIVE),
    ("The ending was a happy surprise and the acting was strong.", POSITIVE),
    ("A warm welcome, a soft bed and a splendid breakfast.", POSITIVE),
    ("This app saves me an hour every day, and I adore it.", POSITIVE),
    ("Everything worked the first time, a pleasure to set up.", POSITIVE),
    ("The teacher explained it clearly and with humour.", POSITIVE),
    ("Such a thoughtful gift, she was delighted.", POSITIVE),
    ("I keep recommending this place to all my friends.", POSITIVE),
    ("The plot fell apart and I left before the end.", NEGATIVE),
    ("Our waiter ignored us and the soup was cold.", NEGATIVE),
    ("The worst decision I made all year.", NEGATIVE),
    ("My daughter fell asleep and so did I.", NEGATIVE),
    ("It arrived late, scratched, and does not do what it promises.", NEGATIVE),
    ("The view from our window was a brick wall and rubbish bins.", NEGATIVE),
    ("Nobody at the desk cared that our booking was lost.", NEGATIVE),
    ("A mess from start to finish, I was bored to tears.", NEGATIVE),
    ("The battery dies within an hour and the screen is cracked.", NEGATIVE),
    ("I learned nothing and the exercises were full of mistakes.", NEGATIVE),
    ("Hard to use, and support never answered.", NEGATIVE),
    ("The band was out of tune and the sound hurt my ears.", NEGATIVE),
    ("Simply the rudest people you could fear to meet.", NEGATIVE),
    ("Far too expensive, I sent it back.", NEGATIVE),
    ("We had a wretched evening and we are still angry about it.", NEGATIVE),
    ("It tastes burnt and bitter, I threw it away.", NEGATIVE),
    ("I am annoyed by how slow and loud it is.", NEGATIVE),
    ("The ending was predictable and the acting was weak.", NEGATIVE),
    ("A grumpy welcome, a hard bed and a stale breakfast.", NEGATIVE),
    ("This app crashes every day, and I deleted it.", NEGATIVE),
    ("Nothing worked the first time, a nightmare to set up.", NEGATIVE),
    ("The teacher mumbled and got lost in his own slides.", NEGATIVE),
    ("Such a cheap gift, she was embarrassed.", NEGATIVE),
    ("I keep warning all my friends about this place.", NEGATIVE),
)


def examples() -> list[tuple[str, str]]:
    """Every sentence with its label; both labels have about as many."""
    made = list(BY_HAND)
    for label, words, endings in ((POSITIVE, PRAISE, HAPPY_ENDINGS), (NEGATIVE, COMPLAINTS, SAD_ENDINGS)):
        things, ends, shapes = cycle(THINGS), cycle(endings), cycle(SHAPES)
        for step in (1, 7, 11, 17):
            for index, first in enumerate(words):
                second = words[(index + step) % len(words)]
                text = next(shapes).format(thing=next(things), first=first, second=second, end=next(ends))
                made.append((text[0].upper() + text[1:], label))
    return made + _turned()


def _turned() -> list[tuple[str, str]]:
    things = cycle(THINGS)
    return [
        (f"The {next(things)} was {phrase.format(praise=praise, complaint=complaint)}.", label)
        for praise, complaint in zip(PRAISE[:20], COMPLAINTS[:20], strict=True)
        for phrase, label in TURNED
    ]
