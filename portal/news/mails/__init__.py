"""What the news room writes to people who proposed something, and to editors who look at it."""

from portal.core.wording import N_, InZone, Sentence
from portal.models import Article, Person
from portal.platform import mail
from portal.platform.mail import Letter

OPEN = Sentence(N_("Open the proposal"))
WHY = N_("You get this because you proposed news for %(organisation)s.")


WHY_EDITOR = N_("You get this because you are one of the editors.")
REVIEW = Sentence(N_("Read the proposal"))


def proposed(article: Article, title: str, *, editor: Person, organisation: str) -> Letter:
    """Tell an editor that a member proposes news: once, when it arrives."""
    gaps = {"title": title, "organisation": organisation}
    return Letter(
        **mail.to(editor),
        subject=Sentence(N_("%(organisation)s proposes news: “%(title)s”"), gaps),
        paragraphs=(
            Sentence(N_("%(organisation)s proposes a story: “%(title)s”."), gaps),
            Sentence(N_("Take it up, or say why not. Whoever proposed it hears from us then.")),
        ),
        button=(REVIEW, mail.link(f"/news/manage/{article.id}")),
        why=Sentence(WHY_EDITOR),
    )


def received(article: Article, title: str) -> Letter:
    """Write the receipt for a proposal."""
    paragraphs = (
        N_("We received what you propose for %(organisation)s: “%(title)s”."),
        N_("An editor reads it and takes it up, or tells you why not. You hear from us then."),
    )
    return letter(article, title, subject=N_("We received your news: “%(title)s”"), told=paragraphs)


def taken_up(article: Article, title: str) -> Letter:
    """Say that the editors make an article of it."""
    paragraphs = (
        N_("The editors take up your news: “%(title)s”."),
        N_("They may shorten or reword it. We write to you when it is published."),
    )
    return letter(article, title, subject=N_("We take up your news: “%(title)s”"), told=paragraphs)


def declined(article: Article, title: str) -> Letter:
    """Say kindly that it becomes no article, and why."""
    paragraphs = (
        N_("The editors do not take up “%(title)s” this time."),
        N_("Why: %(answer)s"),
        N_("What you wrote is kept, and you are welcome to propose something else."),
    )
    return letter(article, title, subject=N_("About your news: “%(title)s”"), told=paragraphs)


def published(article: Article, title: str) -> Letter:
    """Say that it is published, or when it will be."""
    paragraphs = (N_("“%(title)s” is published on %(day)s. Thank you for telling us."),)
    return letter(
        article, title, subject=N_("Your news is published: “%(title)s”"), told=paragraphs
    )


def letter(article: Article, title: str, *, subject: str, told: tuple[str, ...]) -> Letter:
    """Put a letter to the proposer together."""
    gaps = {
        "title": title,
        "organisation": article.proposed_for.display_name if article.proposed_for else "",
        "answer": article.answer,
        "day": InZone(article.published_at, article.zone) if article.published_at else "",
    }
    return Letter(
        **mail.to(article.author),
        subject=Sentence(subject, gaps),
        paragraphs=tuple(Sentence(text, gaps) for text in told),
        button=(OPEN, mail.link(f"/news/proposals/{article.id}")),
        why=Sentence(WHY, gaps),
    )
