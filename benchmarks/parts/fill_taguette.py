"""Run by Taguette's own Python: fills its database with the project, through its own models."""

import html
import sys

from taguette import database

from benchmarks.parts.material import CODES, document


def main(path: str, documents: int) -> None:
    session = database.connect(f"sqlite:///{path}")()
    session.add(database.User(login="admin"))
    project = database.Project(name="Dense", description="")
    session.add(project)
    session.add(
        database.ProjectMember(project=project, user_login="admin", privileges=database.Privileges.ADMIN)
    )
    tags = [database.Tag(project=project, path=name, description="") for name in CODES]
    session.add_all(tags)
    session.flush()
    highlight = 0
    for number in range(documents):
        given = document(number)
        text = given.text
        stored = database.Document(
            name=given.name,
            description="",
            filename=f"{given.name}.txt",
            project=project,
            text_direction=database.TextDirection.LEFT_TO_RIGHT,
            contents="\n".join(f"<p>{html.escape(turn)}</p>" for turn in given.turns),
        )
        session.add(stored)
        session.flush()
        rows, links = [], []
        for coded in given.codings:
            highlight += 1
            rows.append(
                {
                    "id": highlight,
                    "document_id": stored.id,
                    "start_offset": coded.start,
                    "end_offset": coded.end,
                    "snippet": f"<p>{text[coded.start : coded.end]}</p>",
                }
            )
            links.append({"highlight_id": highlight, "tag_id": tags[coded.code].id})
        session.execute(database.Highlight.__table__.insert(), rows)
        session.execute(database.highlight_tags.insert(), links)
    session.commit()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
